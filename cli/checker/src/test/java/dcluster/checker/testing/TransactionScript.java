package dcluster.checker.testing;

import dcluster.checker.history.History;
import dcluster.checker.history.HistoryReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Histories of transactions in a short hand like {@link Script}'s: {@code a.x+1;y=} opens and ends one at once, {@code
 * a[x+1;y=} opens one whose results are those if it ends, {@code a]} ends it with ok, {@code a!} with fail, {@code a?}
 * with info. Steps are parted by semicolons: {@code x+1} appends, {@code x:1} writes, {@code x=12} reads. Elements and
 * values are single digits; {@code x=} reads an empty list, or null. With {@code lists} a read of 12 is [1,2].
 */
public final class TransactionScript {
    /** A client goes on under a new number after an unknown outcome. */
    private static final int NEXT_NUMBER = 1000;

    private final boolean isLists;
    private final Map<Character, Integer> processes = new HashMap<>();
    private final Map<Character, String> open = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private TransactionScript(boolean isLists) {
        this.isLists = isLists;
    }

    /** The history of lists that a script tells. */
    public static History lists(String script) {
        return history(script, true);
    }

    /** The history of registers that a script tells. */
    public static History registers(String script) {
        return history(script, false);
    }

    private static History history(String script, boolean isLists) {
        var reading = new TransactionScript(isLists);
        for (var word : script.trim().split("\\s+", -1)) {
            reading.take(word.charAt(0), word.charAt(1), word.substring(2));
        }
        var text = (String.join("\n", reading.lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            return HistoryReader.read(new ByteArrayInputStream(text), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(char client, char what, String rest) {
        switch (what) {
            case '[' -> open(client, rest);
            case ']' -> end(client, "ok");
            case '!' -> end(client, "fail");
            case '?' -> {
                end(client, "info");
                processes.merge(client, NEXT_NUMBER, Integer::sum);
            }
            case '.' -> {
                open(client, rest);
                end(client, "ok");
            }
            default -> throw new IllegalArgumentException("what is " + client + what + rest);
        }
    }

    private void open(char client, String steps) {
        open.put(client, steps);
        processes.putIfAbsent(client, (int) client);
        line(client, "invoke", steps, false);
    }

    private void end(char client, String type) {
        var steps = open.remove(client);
        if (steps == null) {
            throw new IllegalArgumentException(client + " has nothing open");
        }
        line(client, type, steps, type.equals("ok"));
    }

    private void line(char client, String type, String steps, boolean isDone) {
        var value = Arrays.stream(steps.split(";", -1))
                .map(step -> step(step.substring(0, 1), step.charAt(1), step.substring(2), isDone))
                .collect(Collectors.joining(",", "[", "]"));
        lines.add("{\"process\":" + processes.get(client) + ",\"type\":\"" + type + "\",\"f\":\"txn\",\"value\":"
                + value + ",\"time\":" + lines.size() * 1_000_000 + "}");
    }

    private String step(String key, char what, String value, boolean isDone) {
        return switch (what) {
            case '+' -> "[\"append\",\"" + key + "\"," + value + "]";
            case ':' -> "[\"w\",\"" + key + "\"," + value + "]";
            case '=' -> "[\"r\",\"" + key + "\"," + (isDone ? seen(value) : "null") + "]";
            default -> throw new IllegalArgumentException("what is " + key + what + value);
        };
    }

    private String seen(String value) {
        if (isLists) {
            return "[" + value.replaceAll("(?<=.)(?=.)", ",") + "]";
        }
        return value.isEmpty() ? "null" : value;
    }
}
