package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One client that puts keys, each once, at one node after the other, and reads back at others what was acknowledged. For
 * stores in which a write that may have happened is not to be followed by another of the same key. Used by one thread at a
 * time.
 */
final class Pairs {
    private final TestCluster cluster;
    private final List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<String> violations = new ArrayList<>();
    private int next;
    private volatile boolean isOver;

    Pairs(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Puts until so many more are acknowledged. */
    void put(int count) {
        int wanted = acknowledged.size() + count;
        Until.holds(count + " writes are acknowledged", () -> {
            for (int i = 0; i < 50 && acknowledged.size() < wanted; i++) {
                step();
            }
            return acknowledged.size() >= wanted;
        });
    }

    /** Puts and reads while something else is done, and until so many writes more are acknowledged after it. */
    void during(int count, Runnable work) {
        isOver = false;
        var load = CompletableFuture.runAsync(this::loop);
        try {
            work.run();
            int wanted = acknowledged.size() + count;
            Until.holds("writes go on", () -> acknowledged.size() >= wanted);
        } finally {
            isOver = true;
            load.join();
        }
    }

    private void loop() {
        while (!isOver) {
            step();
        }
    }

    private void step() {
        int number = next++;
        var nodes = cluster.nodes();
        if (ask(nodes.get(number % nodes.size()), "SET", key(number), value(number)) instanceof Reply.Simple) {
            acknowledged.add(number);
        }
        if (!acknowledged.isEmpty()) {
            read(nodes.get((number + 1) % nodes.size()), acknowledged.get(number * 31 % acknowledged.size()));
        }
    }

    private static String key(int number) {
        return "key-" + number;
    }

    private static String value(int number) {
        return "value-" + number;
    }

    private static Reply ask(TestNode node, String... words) {
        try (var connection = node.connect()) {
            return connection.call(words);
        } catch (IOException e) {
            return new Reply.ErrorLine("UNAVAILABLE " + e);
        }
    }

    /** Where enough nodes answer, the value of an acknowledged write is found. */
    private void read(TestNode from, int number) {
        var reply = ask(from, "GET", key(number));
        boolean isFound =
                reply instanceof Reply.Bulk bulk && bulk.content().toUtf8().equals(value(number));
        boolean isUnserved = reply instanceof Reply.ErrorLine error
                && List.of("UNAVAILABLE", "OVERLOADED").contains(error.kind());
        if (!isFound && !isUnserved) {
            violations.add(from.id() + " answered " + reply + " to a read of " + key(number));
        }
    }

    /** Demands that all that was acknowledged can be read at every node, and that every read so far was right. */
    void verify() {
        cluster.nodes().forEach(this::verify);
        assertThat(violations).isEmpty();
    }

    private void verify(TestNode node) {
        for (int number : List.copyOf(acknowledged)) {
            var found = ask(node, "GET", key(number)) instanceof Reply.Bulk bulk
                    ? bulk.content().toUtf8()
                    : new Ask(node).text(key(number));
            assertThat(found).as("%s at %s", key(number), node.id()).isEqualTo(value(number));
        }
    }
}
