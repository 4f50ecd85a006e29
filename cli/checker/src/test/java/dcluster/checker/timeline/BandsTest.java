package dcluster.checker.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Event;
import dcluster.checker.history.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BandsTest {
    /** Each as {@code word from-to}, by lines. */
    private static List<String> bands(String... words) {
        var notes = IntStream.range(0, words.length)
                .mapToObj(i -> new Event(i + 1, "nemesis", EventType.INFO, null, words[i], null, null, true, i, null))
                .toList();
        return Bands.of(notes).stream()
                .map(band -> band.start().word() + " " + band.start().line() + "-"
                        + (band.end() == null ? "" : band.end().line()))
                .sorted()
                .toList();
    }

    @Test
    void aFaultLastsUntilItIsHealed() {
        assertThat(bands("partition", "delay", "heal", "partition"))
                .containsExactly("delay 2-3", "partition 1-3", "partition 4-");
    }

    @Test
    void someFaultsHaveAnEndOfTheirOwn() {
        assertThat(bands("pause", "kill", "restart", "resume")).containsExactly("kill 2-3", "pause 1-4");
        assertThat(bands("start-partition", "start-partition", "stop-partition", "stop-partition"))
                .containsExactly("start-partition 1-3");
    }

    @Test
    void whatNodesNoteIsNoFault() {
        var note = new Event(1, "n2", EventType.INFO, null, "elected", null, null, true, 0, null);
        assertThat(Bands.of(Arrays.asList(note))).isEmpty();
    }
}
