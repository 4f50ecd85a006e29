package dcluster.checker.transaction;

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
import java.util.Random;

/**
 * Small histories of a few clients on a store that really exists, and is careless: each step of a transaction reads and
 * writes either the present state, or a snapshot taken at its first step and written back at its end. Some results are
 * made up. Three of five histories have a transaction whose outcome is unknown, of which some happened.
 */
final class RandomTransactions {
    private static final String[] KEYS = {"x", "y"};

    private final boolean isList;
    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, List<Integer>> store = new HashMap<>();
    private final boolean isCareful;
    private final int liar;
    private int nextValue = 1;
    private int nextProcess;

    private RandomTransactions(TransactionModel model, long seed) {
        isList = model == TransactionModel.LIST_APPEND;
        random = new Random(seed);
        isCareful = random.nextInt(6) == 0;
        liar = random.nextInt(3) > 0 ? 2 : 1000;
    }

    static History history(TransactionModel model, long seed) {
        var text = new RandomTransactions(model, seed).text().getBytes(StandardCharsets.UTF_8);
        try {
            return HistoryReader.read(new ByteArrayInputStream(text), model + " seed " + seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Client {
        final int process = nextProcess++;
        final boolean hasSnapshot = random.nextInt(3) > 0;
        final Map<String, List<Integer>> snapshot = new HashMap<>();
        final Map<String, List<Integer>> written = new HashMap<>();
        List<String> asked = new ArrayList<>();
        List<String> done = new ArrayList<>();
        int step;

        void begin() {
            int steps = 1 + random.nextInt(3);
            step = 0;
            asked = new ArrayList<>();
            done = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                var key = KEYS[random.nextInt(KEYS.length)];
                boolean isRead = random.nextBoolean();
                var write = "[\"" + (isList ? "append" : "w") + "\",\"" + key + "\"," + nextValue + "]";
                nextValue += isRead ? 0 : 1;
                asked.add(isRead ? "[\"r\",\"" + key + "\",null]" : write);
            }
            line(this, "invoke", asked);
        }

        boolean isDone() {
            return step == asked.size();
        }

        void step() {
            if (step == 0) {
                snapshot.clear();
                written.clear();
                store.forEach((key, values) -> snapshot.put(key, List.copyOf(values)));
            }
            var parts = asked.get(step++).replaceAll("[\\[\\]\"]", "").split(",", -1);
            var view = hasSnapshot ? snapshot : store;
            var values = new ArrayList<>(view.getOrDefault(parts[1], List.of()));
            if (parts[0].equals("r")) {
                done.add("[\"r\",\"" + parts[1] + "\"," + told(values) + "]");
            } else {
                int value = Integer.parseInt(parts[2]);
                values.add(value);
                view.put(parts[1], values);
                written.computeIfAbsent(parts[1], key -> new ArrayList<>()).add(value);
                done.add(asked.get(step - 1));
            }
            if (isDone() && hasSnapshot) {
                written.forEach((key, more) ->
                        store.computeIfAbsent(key, unknown -> new ArrayList<>()).addAll(more));
            }
        }
    }

    private String told(List<Integer> values) {
        var seen = new ArrayList<>(values);
        if (random.nextInt(liar) == 0 && !seen.isEmpty()) {
            seen.remove(isList ? random.nextInt(seen.size()) : seen.size() - 1);
        }
        if (isList) {
            return seen.toString();
        }
        return seen.isEmpty() ? "null" : "" + seen.get(seen.size() - 1);
    }

    private String text() {
        int left = 3 + random.nextInt(3);
        boolean isDue = random.nextInt(5) < 3;
        var busy = new ArrayList<Client>();
        var idle = new ArrayList<Client>();
        while (left > 0 || !busy.isEmpty()) {
            boolean mayBegin = left > 0 && busy.size() < (isCareful ? 1 : 3);
            if (mayBegin && (busy.isEmpty() || random.nextInt(3) == 0)) {
                left--;
                var client = idle.isEmpty() || random.nextBoolean() ? new Client() : idle.remove(0);
                client.begin();
                busy.add(client);
                continue;
            }
            var client = busy.get(random.nextInt(busy.size()));
            boolean isLast = left == 0 && busy.size() == 1;
            if (isDue && (isLast || random.nextInt(5) == 0)) {
                isDue = false;
                busy.remove(client);
                line(client, "info", client.asked);
            } else if (!client.isDone()) {
                client.step();
            } else {
                busy.remove(client);
                idle.add(client);
                boolean fails = random.nextInt(12) == 0;
                line(client, fails ? "fail" : "ok", fails ? client.asked : client.done);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private void line(Client client, String type, List<String> steps) {
        lines.add("{\"process\":" + client.process + ",\"type\":\"" + type + "\",\"f\":\"txn\",\"value\":["
                + String.join(",", steps) + "],\"time\":" + lines.size() + "}");
    }
}
