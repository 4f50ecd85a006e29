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
import java.util.regex.Pattern;

/**
 * Histories in the short hand of {@link Script} with nodes, times and faults: a digit after a client is the node that it
 * asks, {@code a1[read} and {@code a]=3}; {@code @120} sets the clock to 120 ms, which may be earlier than before; {@code
 * *heal} is a note of the nemesis, {@code %stop} one of another process. Unless it is set the clock goes on by a
 * millisecond with each event.
 */
public final class Scene {
    private static final int NEXT_NUMBER = 1000;
    private static final Pattern WORD = Pattern.compile("([a-z])([0-9]?)([\\[\\]!?.])(.*)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private record Open(String node, String key, String function, String value) {}

    private final Map<String, Integer> processes = new HashMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> canonical = new ArrayList<>();
    private final Map<String, Map<String, Integer>> names = new HashMap<>();
    private boolean hasClock;
    private long millis;

    private Scene(String script) {
        for (var word : script.trim().split("\\s+", -1)) {
            take(word);
        }
    }

    /** The history that a script tells. */
    public static History history(String script) {
        var text = String.join("\n", new Scene(script).lines) + "\n";
        try {
            return HistoryReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events, with clients, nodes, keys and values named in order of their appearance. */
    public static String canonical(String script) {
        return String.join(" ", new Scene(script).canonical);
    }

    private void take(String word) {
        switch (word.charAt(0)) {
            case '@' -> {
                hasClock = true;
                millis = Long.parseLong(word.substring(1));
            }
            case '*' -> note("nemesis", word.substring(1));
            case '%' -> note("n2", word.substring(1));
            default -> operation(word);
        }
    }

    private void note(String process, String what) {
        line("\"" + process + "\"", "\"info\",\"f\":\"" + what + "\"", "null", "");
        canonical.add(process + " " + what + at());
        millis++;
    }

    private void operation(String word) {
        var parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new IllegalArgumentException("what is " + word);
        }
        var client = parts.group(1);
        var rest = parts.group(4);
        switch (parts.group(3)) {
            case "[" -> open(client, parts.group(2), rest);
            case "]" -> end(client, "ok", rest);
            case "!" -> end(client, "fail", "");
            case "?" -> {
                end(client, "info", "");
                processes.merge(client, NEXT_NUMBER, Integer::sum);
            }
            default -> {
                int result = Math.max(rest.indexOf('='), rest.indexOf('≠'));
                open(client, parts.group(2), result < 0 ? rest : rest.substring(0, result));
                end(client, "ok", result < 0 ? "" : rest.substring(result));
            }
        }
    }

    private void open(String client, String node, String text) {
        int slash = text.indexOf('/');
        var key = slash < 0 ? "x" : text.substring(0, slash);
        var asked = text.substring(slash + 1).split(":", 2);
        var opened = new Open(node, key, asked[0], asked.length > 1 ? asked[1] : "null");
        open.put(client, opened);
        processes.putIfAbsent(client, (int) client.charAt(0));
        event(client, "invoke", opened, opened.value, "");
    }

    private void end(String client, String type, String result) {
        var asked = open.remove(client);
        if (asked == null) {
            throw new IllegalArgumentException(client + " has nothing open");
        }
        var value = result.startsWith("=") ? result.substring(1) : asked.value;
        event(client, type, asked, value, result.equals("≠") ? ",\"applied\":false" : "");
    }

    private void event(String client, String type, Open asked, String value, String more) {
        var node = asked.node.isEmpty() ? "" : ",\"node\":\"n" + asked.node + "\"";
        var what = "\"" + type + "\",\"f\":\"" + asked.function + "\",\"key\":\"" + asked.key + "\"";
        line(String.valueOf(processes.get(client)), what, value, more + node);
        canonical.add(name("client", client)
                + name("node", asked.node)
                + type
                + ' '
                + asked.function
                + name("key", asked.key)
                + ' '
                + NUMBER.matcher(value).replaceAll(number -> name("value", number.group()))
                + more
                + at());
        millis++;
    }

    private void line(String process, String what, String value, String more) {
        lines.add("{\"process\":" + process + ",\"type\":" + what + ",\"value\":" + value + more + ",\"time\":"
                + millis * 1_000_000 + "}");
    }

    private String name(String kind, String name) {
        var known = names.computeIfAbsent(kind, unknown -> new HashMap<>());
        return name.isEmpty() ? "" : kind + known.computeIfAbsent(name, unknown -> known.size());
    }

    private String at() {
        return hasClock ? " at " + millis : "";
    }
}
