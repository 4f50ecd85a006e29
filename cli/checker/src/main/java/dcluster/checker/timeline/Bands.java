package dcluster.checker.timeline;

import dcluster.checker.history.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spans of time in which faults were active, as notes tell: from a fault's note to the one that ends it. {@code
 * heal} ends all, {@code resume} a {@code pause}, {@code restart} a {@code kill}, {@code stop-x} a {@code start-x}.
 */
final class Bands {
    private static final Map<String, String> ENDS = Map.of("resume", "pause", "restart", "kill", "stop", "start");
    private static final Set<String> HEALS = Set.of("heal", "recover");

    private final Map<String, Event> open = new LinkedHashMap<>();
    private final List<Band> bands = new ArrayList<>();

    private Bands() {}

    /**
     * A fault.
     *
     * @param end null if it is never ended
     */
    record Band(Event start, @Nullable Event end) {}

    /** Those of a nemesis; what nodes note is no fault. */
    static List<Band> of(List<Event> notes) {
        var bands = new Bands();
        notes.stream().filter(note -> note.process().equals("nemesis")).forEach(bands::take);
        bands.open.values().forEach(start -> bands.bands.add(new Band(start, null)));
        return bands.bands;
    }

    private void take(Event note) {
        var word = note.word();
        if (HEALS.contains(word)) {
            open.values().forEach(start -> bands.add(new Band(start, note)));
            open.clear();
        } else if (ENDS.containsKey(word)) {
            close(ENDS.get(word), note);
        } else if (word.startsWith("stop-")) {
            close("start-" + word.substring("stop-".length()), note);
        } else {
            // Jepsen writes a fault twice, when it is asked for and when it is there.
            open.putIfAbsent(word, note);
        }
    }

    private void close(@Nullable String word, Event end) {
        var start = open.remove(word);
        if (start != null) {
            bands.add(new Band(start, end));
        }
    }
}
