package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kill -9 under load. Snapshots and segments are tiny, so that compaction and the installation of snapshots happen all
 * the time, and are interrupted. Each test demands that writes were acknowledged inside the time of the fault.
 */
@ParameterizedClass
@ValueSource(strings = {"raft", "paxos"})
class KillUnderLoadIT {
    private static final int ROUNDS = Integer.getInteger("dcluster.rounds", 1);
    private static final int CLIENTS = 4;

    /** What "restart" ends with if the node ended before it was ready. */
    private static final int NOT_READY = 5;

    /** Makes a state that takes many chunks to send, each of which waits for the disk of the one who receives it. */
    private static final int LARGE_VALUES = 48;

    private static final int LARGE_VALUE = 512 << 10;

    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    private static final Map<String, SharedCluster> SHARED = Map.of("raft", shared("raft"), "paxos", shared("paxos"));

    private final TestCluster cluster;
    private final Random random = new Random(Seed.VALUE);

    KillUnderLoadIT(String algorithm) {
        cluster = Objects.requireNonNull(SHARED.get(algorithm)).started();
    }

    private static SharedCluster shared(String algorithm) {
        var options = "options." + algorithm;
        return new SharedCluster(
                CLUSTERS,
                "kill-" + algorithm,
                "-a",
                algorithm,
                "--set",
                options + ".snapshot-every={entries: 200, bytes: 64KiB}",
                "--set",
                options + ".batch={entries: 64, bytes: 16KiB}",
                "--set",
                "storage.segment=64KiB");
    }

    @Test
    void withTheLeaderKilledTheOthersGoOnAndNothingAcknowledgedIsLost() {
        try (var load = Load.start(cluster, CLIENTS)) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitProgress(50 + random.nextInt(200));
                var leader = cluster.leader();
                cluster.kill(leader);
                load.awaitProgress(200);
                assertThat(cluster.leader()).as("who leads while it is down").isNotEqualTo(leader);
                cluster.restart(leader);
            }
            requireIntact(load);
        }
    }

    @Test
    void withAFollowerKilledTheOthersGoOnAndItCatchesUp() {
        try (var load = Load.start(cluster, CLIENTS)) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitProgress(50 + random.nextInt(200));
                var follower = cluster.follower();
                cluster.kill(follower);
                load.awaitProgress(200);
                cluster.restart(follower);
            }
            requireIntact(load);
        }
    }

    @Test
    @Tag("hard-case-15")
    void withAllNodesKilledAtOnceNothingAcknowledgedIsLost() {
        try (var load = Load.start(cluster, CLIENTS)) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitProgress(100 + random.nextInt(300));
                var all = cluster.nodes().toArray(TestNode[]::new);
                cluster.kill(all);
                cluster.restart(all);
            }
            load.awaitProgress(100);
            requireIntact(load);
            assertThat(load.unknown())
                    .as("writes that were under way when all nodes died")
                    .isPositive();
        }
    }

    @Test
    @Tag("hard-case-22")
    @Tag("hard-case-25")
    void withRandomNodesKilledAgainAndAgainWhileTheyRecoverAllReplicasStayTheSame() {
        int installed = cluster.logged("installed a snapshot");
        int rewritten = cluster.logged("rewrites its journal");
        try (var load = Load.start(cluster, CLIENTS)) {
            for (int round = 0; round < ROUNDS; round++) {
                killSomeTwice(load);
            }
            letOneFallBehind(load);
            requireIntact(load);
        }
        assertThat(cluster.logged("installed a snapshot"))
                .as("snapshots installed")
                .isGreaterThan(installed);
        assertThat(cluster.logged("rewrites its journal"))
                .as("journals rewritten")
                .isGreaterThan(rewritten);
    }

    /** Any number of nodes, and one of them once more as soon as it is back. */
    private void killSomeTwice(Load load) {
        var order = new ArrayList<>(cluster.nodes());
        Collections.shuffle(order, random);
        var victims = order.subList(0, 1 + random.nextInt(order.size())).toArray(TestNode[]::new);
        load.awaitProgress(50 + random.nextInt(300));
        cluster.kill(victims);
        if (victims.length == 1) {
            load.awaitProgress(300);
        }
        cluster.restart(victims);
        cluster.kill(victims[0]);
        load.awaitProgress(50);
        cluster.restart(victims[0]);
    }

    /** By more than the log that the others keep. */
    private void letOneFallBehind(Load load) {
        var follower = cluster.follower();
        cluster.kill(follower);
        load.awaitProgress(1000);
        cluster.restart(follower);
    }

    @Test
    @Tag("hard-case-22")
    void aFollowerKilledInTheMiddleOfASnapshotInstallsItAfterAll() {
        var large = IntStream.range(0, LARGE_VALUES).mapToObj(i -> "large-" + i).toList();
        try (var load = Load.start(cluster, CLIENTS)) {
            large.forEach(key -> new Ask(cluster.leader()).call("SET", key, "x".repeat(LARGE_VALUE)));
            var follower = cluster.follower();
            cluster.kill(follower);
            int interrupted = 0;
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitProgress(500);
                interrupted += killInTheMiddleOfASnapshot(follower) ? 1 : 0;
            }
            assertThat(interrupted).as("installations that were interrupted").isPositive();
            cluster.restart(follower);
            requireIntact(load);
            large.forEach(key -> assertThat(new Ask(follower).text(key)).hasSize(LARGE_VALUE));
        }
        large.forEach(key -> new Ask(cluster.leader()).call("DEL", key));
    }

    /** Whether it had not installed it yet. One that was interrupted before may go on where it was, and be there at once. */
    private boolean killInTheMiddleOfASnapshot(TestNode follower) {
        int sent = cluster.logged("sends a snapshot");
        int installed = follower.logged("installed a snapshot");
        try (var restart = CLUSTERS.launch("restart", "-N", cluster.name(), follower.id())) {
            Until.holds(
                    "a snapshot is on its way, or there",
                    () -> cluster.logged("sends a snapshot") > sent
                            || follower.logged("installed a snapshot") > installed);
            cluster.killNow(follower);
            assertThat(restart.end()).as(restart.log()).isIn(0, NOT_READY);
        }
        return follower.logged("installed a snapshot") == installed;
    }

    private void requireIntact(Load load) {
        cluster.awaitHealth();
        load.end();
        System.err.println(load);
        load.verify(cluster);
        cluster.awaitAgreement();
        assertThat(cluster.run("status", "-o", "json").exits(0).out()).contains("\"healthy\" : true");
    }
}
