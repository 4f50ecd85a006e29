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
 * between its invocation and its end. Half of them have an indeterminate operation, of which some took effect; in most
 * of them a result is made up.
 */
final class RandomHistories {
    private static final int VALUES = 3;

    private final Model model;
    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private final Thing thing = new Thing();
    private final int liar;
    private final boolean hasIndeterminate;
    private int process;
    private int results;

    private RandomHistories(Model model, long seed) {
        this.model = model;
        random = new Random(seed);
        liar = random.nextInt(4) > 0 ? 1 + random.nextInt(2) : 0;
        hasIndeterminate = random.nextBoolean();
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
        boolean isDue = hasIndeterminate;
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
            if (isDue && (isLast || random.nextInt(4) == 0)) {
                isDue = false;
                active.remove(client);
                write(client, "info", "null", "");
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
            case REGISTER -> List.of("read", "read", "write", "cas");
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
            case "cas" -> "[" + random.nextInt(VALUES) + "," + random.nextInt(VALUES) + "]";
            default -> "" + random.nextInt(VALUES);
        };
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
