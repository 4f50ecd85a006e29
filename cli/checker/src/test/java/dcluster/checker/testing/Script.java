package dcluster.checker.testing;

import dcluster.checker.history.History;
import dcluster.checker.history.HistoryReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Histories in a short hand, one event after the other: {@code a[write:1} opens an operation of client a, {@code a]} or
 * {@code a]=1} ends it with ok, {@code a]≠} with ok of a compare-and-set that found another value, {@code a!} with fail,
 * {@code a?} with info, {@code a]~[1,2]} with ok of a read that saw these siblings; {@code a.read=1} opens and ends one at once. A value is JSON, without blanks; {@code k/} before
 * a function names its key.
 */
public final class Script {
    /** A client goes on under a new number after an unknown outcome. */
    private static final int NEXT_NUMBER = 1000;

    private record Open(String function, String value, String key) {}

    private final Map<Character, Integer> processes = new HashMap<>();
    private final Map<Character, Open> open = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private Script() {}

    /** The history that a script tells. */
    public static History history(String script) {
        var text = jsonLines(script).getBytes(StandardCharsets.UTF_8);
        try {
            return HistoryReader.read(new ByteArrayInputStream(text), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as a file would hold it. */
    public static String jsonLines(String script) {
        var reading = new Script();
        for (var word : script.trim().split("\\s+", -1)) {
            reading.take(word.charAt(0), word.charAt(1), word.substring(2));
        }
        return String.join("\n", reading.lines) + "\n";
    }

    private void take(char client, char what, String rest) {
        switch (what) {
            case '[' -> open(client, rest);
            case ']' -> end(client, "ok", rest);
            case '!' -> end(client, "fail", "");
            case '?' -> {
                end(client, "info", "");
                processes.merge(client, NEXT_NUMBER, Integer::sum);
            }
            case '.' -> {
                int result = Math.max(Math.max(rest.indexOf('='), rest.indexOf('~')), rest.indexOf('≠'));
                open(client, result < 0 ? rest : rest.substring(0, result));
                end(client, "ok", result < 0 ? "" : rest.substring(result));
            }
            default -> throw new IllegalArgumentException("what is " + client + what + rest);
        }
    }

    private void open(char client, String text) {
        int slash = text.indexOf('/');
        var key = slash < 0 ? "x" : text.substring(0, slash);
        var asked = text.substring(slash + 1).split(":", 2);
        var opened = new Open(asked[0], asked.length > 1 ? asked[1] : "null", key);
        open.put(client, opened);
        processes.putIfAbsent(client, (int) client);
        line(client, "invoke", opened, opened.value, "");
    }

    private void end(char client, String type, String result) {
        var asked = open.remove(client);
        if (asked == null) {
            throw new IllegalArgumentException(client + " has nothing open");
        }
        var value = result.startsWith("=") ? result.substring(1) : asked.value;
        var siblings = result.startsWith("~") ? ",\"siblings\":" + result.substring(1) : "";
        line(client, type, asked, value, result.equals("≠") ? ",\"applied\":false" : siblings);
    }

    private void line(char client, String type, Open asked, String value, String more) {
        lines.add("{\"process\":" + processes.get(client) + ",\"type\":\"" + type + "\",\"f\":\"" + asked.function
                + "\",\"key\":\"" + asked.key + "\",\"value\":" + value + more + ",\"time\":" + lines.size() * 1_000_000
                + "}");
    }
}
