package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands that clients ask again in their sessions while nodes are killed: the leader, and all of them. Snapshots are
 * tiny, so nodes begin again with what a snapshot remembers. Each command takes effect once, and its answer is that of the
 * one time.
 */
class SessionIT {
    static final String COUNTER = "session-counter";

    private static final int ROUNDS = Integer.getInteger("dcluster.rounds", 2);
    private static final int CLIENTS = 4;

    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    @ParameterizedTest
    @ValueSource(strings = {"raft", "paxos"})
    @Tag("hard-case-16")
    @Tag("hard-case-22")
    void whatIsAskedAgainAfterKillsTakesEffectOnce(String algorithm) throws InterruptedException, ExecutionException {
        var cluster = CLUSTERS.start(
                "session-" + algorithm,
                "-a",
                algorithm,
                "--set",
                "options." + algorithm + ".snapshot-every={entries: 200, bytes: 64KiB}",
                "--set",
                "storage.segment=64KiB");
        var clients = IntStream.range(0, CLIENTS)
                .mapToObj(number -> new SessionClient(number, cluster))
                .toList();
        var threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            var runs = clients.stream().<Future<?>>map(threads::submit).toList();
            for (int round = 0; round < ROUNDS; round++) {
                killTheLeaderAndThenAll(cluster, clients);
            }
            awaitProgress(clients);
            clients.forEach(SessionClient::end);
            for (var run : runs) {
                run.get();
            }
        } finally {
            end(clients, threads);
        }
        assertThat(cluster.logged("rewrites its journal")).isPositive();
        assertThat(clients.stream().mapToInt(SessionClient::unanswered).sum())
                .as("attempts that did not tell what became of the command")
                .isPositive();
        requireOnce(cluster, clients);
    }

    private static void end(List<SessionClient> clients, ExecutorService threads) {
        clients.forEach(SessionClient::end);
        threads.shutdown();
    }

    private static void killTheLeaderAndThenAll(TestCluster cluster, List<SessionClient> clients) {
        awaitProgress(clients);
        var leader = cluster.leader();
        cluster.kill(leader);
        awaitProgress(clients);
        cluster.restart(leader);
        awaitProgress(clients);
        var all = cluster.nodes().toArray(TestNode[]::new);
        cluster.kill(all);
        cluster.restart(all);
    }

    private static void awaitProgress(List<SessionClient> clients) {
        clients.forEach(client -> {
            int goal = client.answered() + 50;
            Until.holds("50 more commands of a client are answered", () -> client.answered() >= goal);
        });
    }

    private static void requireOnce(TestCluster cluster, List<SessionClient> clients) {
        cluster.awaitHealth();
        var sums = new ArrayList<Long>();
        clients.forEach(client -> sums.addAll(client.sums()));
        assertThat(sums).doesNotHaveDuplicates();
        for (var node : cluster.nodes()) {
            assertThat(new Ask(node).text(COUNTER)).isEqualTo("" + sums.size());
            clients.forEach(client -> client.verify(node));
        }
        cluster.awaitAgreement();
    }
}
