package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Data without end meets the end of the store, and no node meets the end of its memory. */
class FullStoreIT {
    private static final int CAPACITY_MIB = 4;
    private static final String FULL = "OVERLOADED the store is full (";

    @RegisterExtension
    final Clusters clusters = new Clusters();

    @Test
    void aClusterThatIsFilledWithoutEndRefusesMoreAndServesOn() throws Exception {
        var cluster = clusters.start("full", "--set", "storage.capacity=" + CAPACITY_MIB + "MiB");
        fill(cluster);
        requireFull(cluster);

        assertThat(answer(cluster.member("n1"), "SET", "small-0", "0")).isEqualTo("Simple[text=OK]");
        assertThat(new Ask(cluster.member("n2")).text("small-0")).isEqualTo("0");
        assertThat(new Ask(cluster.member("n3")).list("list")).isNotEmpty();

        var all = cluster.nodes().toArray(TestNode[]::new);
        cluster.kill(all);
        cluster.restart(all);
        requireFull(cluster);

        assertThat(answer(cluster.member("n1"), "DEL", "list", "large-0")).isEqualTo("Whole[value=2]");
        assertThat(answer(cluster.member("n2"), "SET", "new", "x".repeat(1000))).isEqualTo("Simple[text=OK]");
        assertThat(answer(cluster.member("n3"), "RPUSH", "list", "first")).isEqualTo("Whole[value=1]");
        cluster.awaitAgreement();
    }

    @Test
    void soDoesANodeAlone() throws Exception {
        var cluster = clusters.start("alone", "-a", "none", "-n", "1", "--set", "storage.capacity=1MiB");
        var node = cluster.member("n1");
        until(node, i -> List.of("SET", "key-" + i, "x".repeat(2000)));
        cluster.kill(node);
        cluster.restart(node);
        assertThat(answer(node, "SET", "one-more", "x".repeat(2000))).startsWith(FULL);
        assertThat(answer(node, "DEL", "key-0")).isEqualTo("Whole[value=1]");
        assertThat(answer(node, "SET", "one-more", "x".repeat(2000))).isEqualTo("Simple[text=OK]");
    }

    /** Small values, large ones and a list that grows, each by a client of its own and at a node of its own. */
    private static void fill(TestCluster cluster) throws Exception {
        var clients = List.<Callable<Integer>>of(
                () -> until(cluster.member("n1"), i -> List.of("SET", "small-" + i, "" + i)),
                () -> until(cluster.member("n2"), i -> List.of("SET", "large-" + i, "x".repeat(30_000))),
                () -> until(cluster.member("n3"), i -> rpush("list", i)));
        var threads = Executors.newFixedThreadPool(clients.size());
        try {
            for (var client : threads.invokeAll(clients)) {
                assertThat(client.get()).as("writes that one client could make").isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> rpush(String key, int number) {
        var words = new ArrayList<>(List.of("RPUSH", key));
        IntStream.range(0, 50).forEach(i -> words.add("element-" + number + "-" + i));
        return words;
    }

    /** Writes until the store is full; returns how often that went well. */
    private static int until(TestNode node, IntFunction<List<String>> write) throws IOException {
        for (int i = 0; ; i++) {
            var answer = answer(node, write.apply(i).toArray(String[]::new));
            if (answer.startsWith(FULL)) {
                assertThat(answer).endsWith(" bytes): delete keys or raise storage.capacity");
                return i;
            }
            assertThat(answer).doesNotContain("ERR");
        }
    }

    /** A node's answer in words; what an election or a pause of the machine makes unknown is asked again. */
    private static String answer(TestNode node, String... request) {
        return Until.there(node.id() + " answers", () -> {
            try (var connection = node.connect()) {
                var reply = connection.call(request);
                var text = reply instanceof Reply.ErrorLine error ? error.text() : reply.toString();
                boolean passes = text.startsWith("UNAVAILABLE") || text.startsWith("UNKNOWN");
                return passes ? Optional.empty() : Optional.of(text);
            }
        });
    }

    private static void requireFull(TestCluster cluster) {
        cluster.awaitHealth();
        cluster.awaitAgreement();
        assertThat(answer(cluster.member("n1"), "SET", "one-more", "x".repeat(40_000)))
                .startsWith(FULL);
        cluster.statuses().values().forEach(status -> {
            var details = (Map<?, ?>) Objects.requireNonNull(status.get("details"));
            assertThat((Long) details.get("storeBytes")).isBetween(3L << 20, (long) CAPACITY_MIB << 20);
            assertThat(details.get("storeCapacity")).isEqualTo((long) CAPACITY_MIB << 20);
        });
        assertThat(cluster.nodes()).allMatch(TestNode::isRunning);
        assertThat(cluster.logged("OutOfMemoryError")).isZero();
    }
}
