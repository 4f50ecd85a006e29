package dcluster.toolkit.testing;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of a golden file as it grows: comments and commands as they were read, and beneath each what happened. */
public final class Transcript {
    private final Function<Object, String> text;
    private final StringBuilder out = new StringBuilder();
    private boolean afterComment;

    /** Values are written as {@code text} has them. */
    Transcript(Function<Object, String> text) {
        this.text = text;
    }

    /** A command or comment of the script; a comment belongs to what follows it without an empty line. */
    void line(String line) {
        boolean isComment = line.startsWith("#");
        out.append(out.length() > 0 && !afterComment ? "\n" : "").append(line).append('\n');
        afterComment = isComment;
    }

    /** Something that happened. */
    public void write(String line) {
        out.append("  ").append(line).append('\n');
    }

    /** The same, where details are a name and its value in turn, as those of a note. */
    void write(String event, List<Object> details) {
        var pairs = IntStream.range(0, details.size() / 2)
                .mapToObj(i -> details.get(2 * i) + "=" + details.get(2 * i + 1))
                .collect(Collectors.joining(" ", ": ", ""));
        write(event + pairs);
    }

    String text(Object value) {
        return text.apply(value);
    }

    /** How much was written; more than before if something happened since. */
    public int length() {
        return out.length();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
