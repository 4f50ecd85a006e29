package dcluster.checker.linear;

import dcluster.checker.history.History;
import dcluster.checker.history.HistoryReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Small histories of a few clients on one object that really exists: each operation takes effect at a random moment
 * between its invocation and its end. More than half of them have indeterminate operations, of which some took effect;
 * some have operations that failed; in most of them a result is made up.
 */
final class RandomHistories {
    private static final int VALUES = 3;

    private final Model model;
    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private final Thing thing = new Thing();
    private final int liar;
    private final boolean hasFailures;
    private int indeterminateLeft;
    private int process;
    private int results;

    private RandomHistories(Model model, long seed) {
        this.model = model;
        // Of seeds that follow each other, the first numbers would follow each other, too.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        liar = random.nextInt(4) > 0 ? 1 + random.nextInt(2) : 0;
        indeterminateLeft = random.nextInt(5) < 3 ? 1 + random.nextInt(2) : 0;
        hasFailures = random.nextInt(4) == 0;
    }

    static History history(Model model, long seed) {
        var text = new RandomHistories(model, seed).text();
        try {
            return HistoryReader.read(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), model + " seed " + seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Client {
        final int number = process++;
        final String function = function();
        final String argument = argument(function);
        String result = "null";
        int stage;
    }

    private String text() {
        int left = 3 + random.nextInt(5);
        var active = new ArrayList<Client>();
        while (left > 0 || !active.isEmpty()) {
            if (left > 0 && active.size() < 4 && (active.isEmpty() || random.nextInt(3) == 0)) {
                var client = new Client();
                active.add(client);
                write(client, "invoke", client.argument, "");
                left--;
                continue;
            }
            var client = active.get(random.nextInt(active.size()));
            boolean isLast = left == 0 && active.size() == 1;
            if (indeterminateLeft > 0 && (isLast || random.nextInt(4) == 0)) {
                indeterminateLeft--;
                active.remove(client);
                write(client, "info", "null", "");
            } else if (hasFailures && client.stage == 0 && random.nextInt(4) == 0) {
                active.remove(client);
                write(client, "fail", "null", "");
            } else if (client.stage++ == 0) {
                client.result = thing.apply(client.function, client.argument);
            } else {
                active.remove(client);
                end(client);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private void end(Client client) {
        boolean isRead = client.function.equals("read") || client.function.equals("dequeue");
        boolean isCas = client.function.equals("cas");
        boolean isLie = liar > 0 && (isRead || isCas) && ++results % liar == 0;
        if (isCas) {
            boolean applied = client.result.equals("true") != isLie;
            write(client, "ok", client.argument, applied ? "" : ",\"applied\":false");
        } else {
            write(client, "ok", isRead ? isLie ? lie(client) : client.result : client.argument, "");
        }
    }

    private String lie(Client client) {
        return switch (model) {
            case REGISTER, COUNTER -> "" + random.nextInt(VALUES);
            case QUEUE -> random.nextInt(4) == 0 ? "null" : "" + random.nextInt(VALUES);
            case SET, LIST -> "[" + (client.result.length() > 2 ? "" : random.nextInt(VALUES)) + "]";
        };
    }

    private String function() {
        var names = switch (model) {
            case REGISTER -> List.of("read", "read", "read", "write", "write", "cas", "cas", "append");
            case COUNTER -> List.of("read", "add");
            case SET -> List.of("read", "read", "add", "remove");
            case QUEUE -> List.of("enqueue", "dequeue");
            case LIST -> List.of("push", "read");
        };
        return names.get(random.nextInt(names.size()));
    }

    private String argument(String function) {
        return switch (function) {
            case "read", "dequeue" -> "null";
            case "append" -> "\"" + "abc".charAt(random.nextInt(VALUES)) + "\"";
            case "write" -> value();
            case "cas" -> "[" + value() + "," + value() + "]";
            default -> "" + random.nextInt(VALUES);
        };
    }

    /** What is written to a register: seldom null. */
    private String value() {
        return random.nextInt(8) == 0 ? "null" : "" + random.nextInt(VALUES);
    }

    private void write(Client client, String type, String value, String more) {
        lines.add("{\"process\":" + client.number + ",\"type\":\"" + type + "\",\"f\":\"" + client.function
                + "\",\"key\":\"x\",\"value\":" + value + more + ",\"time\":" + lines.size() + "}");
    }

    /** The object, written without regard to the models under test. */
    private final class Thing {
        private String register = "null";
        private int count;
        private final TreeSet<String> elements = new TreeSet<>();
        private final ArrayDeque<String> queue = new ArrayDeque<>();
        private final List<String> list = new ArrayList<>();

        String apply(String function, String argument) {
            switch (function) {
                case "write" -> register = argument;
                case "append" -> {
                    var old = register.equals("null") ? "" : register.replace("\"", "");
                    register = "\"" + old + argument.replace("\"", "") + "\"";
                }
                case "cas" -> {
                    var pair = argument.substring(1, argument.length() - 1).split(",", 2);
                    boolean applied = register.equals(pair[0]);
                    register = applied ? pair[1] : register;
                    return "" + applied;
                }
                case "add" -> {
                    count += Integer.parseInt(argument);
                    elements.add(argument);
                }
                case "remove" -> elements.remove(argument);
                case "enqueue" -> queue.add(argument);
                case "dequeue" -> {
                    return queue.isEmpty() ? "null" : queue.remove();
                }
                case "push" -> list.add(argument);
                default -> {
                    return read();
                }
            }
            return "null";
        }

        private String read() {
            return switch (model) {
                case REGISTER -> register;
                case COUNTER -> "" + count;
                case SET -> elements.stream().collect(Collectors.joining(",", "[", "]"));
                case LIST -> String.join(",", list).transform(all -> "[" + all + "]");
                case QUEUE -> throw new IllegalStateException("a queue is not read");
            };
        }
    }
}
