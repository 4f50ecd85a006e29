package dcluster.app.terminal;

import dcluster.app.terminal.Terminal.Style;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Prints a command's data on the standard output in the format that was asked for. What it is given is the same for all
 * formats: objects as maps in order, whose keys are camel case words.
 */
public final class Output {
    private final Format format;
    private final Terminal terminal;
    private final PrintStream out;

    public Output(Format format, Terminal terminal, PrintStream out) {
        this.format = format;
        this.terminal = terminal;
        this.out = out;
    }

    public boolean isTable() {
        return format == Format.TABLE;
    }

    /**
     * Prints objects of one kind: a table of the named keys, a JSON list of all their content, or a line of JSON each.
     *
     * @param columns the keys that people see; a key that is absent everywhere gets no column
     */
    public void list(List<String> columns, List<? extends Map<String, ?>> objects) {
        switch (format) {
            case TABLE -> table(columns, objects);
            case JSON -> out.println(Json.pretty(objects));
            case NDJSON -> objects.forEach(object -> out.println(Json.line(object)));
        }
        out.flush();
    }

    /** Prints one object: a line {@code key: value} for each entry, or JSON. */
    public void object(Map<String, ?> object) {
        switch (format) {
            case TABLE -> object.forEach((key, value) -> out.println(heading(key) + ": " + cell(value)));
            case JSON -> out.println(Json.pretty(object));
            case NDJSON -> out.println(Json.line(object));
        }
        out.flush();
    }

    /** A line of text, whatever the format. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Bytes as they are. */
    public void bytes(byte[] content) {
        out.write(content, 0, content.length);
        out.flush();
    }

    private void table(List<String> columns, List<? extends Map<String, ?>> objects) {
        var shown = columns.stream()
                .filter(key -> objects.stream().anyMatch(object -> object.get(key) != null))
                .toList();
        var table = new Table(
                shown.stream().map(key -> heading(key).toUpperCase(Locale.ROOT)).toList());
        objects.forEach(object ->
                table.add(shown.stream().map(key -> cell(object.get(key))).toList()));
        var lines = table.lines();
        out.println(terminal.style(Style.BOLD, lines.get(0)));
        lines.stream().skip(1).forEach(out::println);
    }

    /** {@code stateHash} is shown as {@code state hash}. */
    private static String heading(String key) {
        return key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        return value instanceof Iterable<?> list ? String.join(",", strings(list)) : String.valueOf(value);
    }

    private static List<String> strings(Iterable<?> list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(String::valueOf)
                .toList();
    }
}
