package dcluster.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A moment in the life of a node that can be named before it comes, as the lines of a protocol's diagram name it: {@code
 * sends Prepare 2} is the moment before the second message of that type leaves.
 *
 * <pre>
 *   sends Prepare 2    the second Prepare is about to leave; all that was sent before has left
 *   sent Decision      the first Decision has left
 *   receives Vote 3    the third Vote is about to be handled
 *   journals Decided   a Decided was given to the journal, and is not on the disk
 *   durable Decided    it is durable, and nothing that waited for it has left
 *   answers            a client, or a node that forwarded its command, is about to be answered
 *   event 17           the seventeenth of all these
 * </pre>
 *
 * @param type of the message or record; empty where there is none
 * @param count which one it is, from 1
 */
public record Point(Event event, String type, int count) {
    private static final int MOST_WORDS = 3;

    /** What a point is about. */
    public enum Event {
        SENDS(Kind.MESSAGE),
        SENT(Kind.MESSAGE),
        RECEIVES(Kind.MESSAGE),
        JOURNALS(Kind.RECORD),
        DURABLE(Kind.RECORD),
        ANSWERS(Kind.NONE),
        /** Any of the others. */
        EVENT(Kind.NONE);

        private final Kind kind;

        Event(Kind kind) {
            this.kind = kind;
        }

        Kind kind() {
            return kind;
        }

        /** As people write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an event has a type of. */
    enum Kind {
        MESSAGE,
        RECORD,
        NONE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Point {
        if (type.isEmpty() != (event.kind == Kind.NONE)) {
            throw new IllegalArgumentException(
                    event.kind == Kind.NONE
                            ? "a point '" + event.word() + "' has no type, as '" + event.word() + " 1'"
                            : "a point '" + event.word() + "' wants the type of a " + event.kind.word() + ", and which"
                                    + " one it is if it is not the first, as '" + event.word() + " "
                                    + (event.kind == Kind.MESSAGE ? "Prepare" : "Decided") + " 2'");
        }
        if (count < 1) {
            throw new IllegalArgumentException("the first of a point is 1, not " + count);
        }
    }

    /** The point as of its first time. */
    public static Point first(Event event, String type) {
        return new Point(event, type, 1);
    }

    /**
     * Reads what {@link #toString} makes; the number may be left out, and is 1 then.
     *
     * @throws IllegalArgumentException if it is no point; it says how one looks
     */
    public static Point parse(String text) {
        var words = new ArrayList<>(List.of(text.strip().split("\\s+")));
        if (words.size() > MOST_WORDS) {
            throw new IllegalArgumentException("'" + text + "' is no point: it has more than three words");
        }
        var event = event(words.remove(0));
        int count = 1;
        if (!words.isEmpty() && words.get(words.size() - 1).matches("[-+]?[0-9]+")) {
            count = count(words.remove(words.size() - 1));
        }
        if (words.size() > 1) {
            throw new IllegalArgumentException("'" + text + "' is no point: '" + words.get(1) + "' is no number");
        }
        return new Point(event, String.join("", words), count);
    }

    private static Event event(String word) {
        return Arrays.stream(Event.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no point begins with '" + word + "', but with "
                        + Arrays.stream(Event.values()).map(Event::word).collect(Collectors.joining(", "))));
    }

    private static int count(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a point's number is from 1 to " + Integer.MAX_VALUE + ", not " + word);
        }
    }

    /** As people write it: {@code sends Prepare 2}. */
    @Override
    public String toString() {
        return event.word() + (type.isEmpty() ? " " : " " + type + " ") + count;
    }
}
