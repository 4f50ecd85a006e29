package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes whose data is given up. */
class WipeIT {
    private static final String RECOVERING = "recovering";
    private static final int UNHEALTHY = 4;

    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    private static final SharedCluster SHARED = new SharedCluster(CLUSTERS, "wiped");

    @ParameterizedTest
    @ValueSource(strings = {"raft", "paxos"})
    void eachNodeIsWipedInTurnUnderLoadAndNothingAcknowledgedIsLost(String algorithm) {
        String name = "turns-" + algorithm;
        var cluster = CLUSTERS.start(
                name,
                "-a",
                algorithm,
                "--set",
                "options." + algorithm + ".snapshot-every={entries: 200, bytes: 64KiB}");
        try (var load = Load.start(cluster, 4)) {
            for (var node : cluster.nodes()) {
                load.awaitProgress(200);
                long before = node.incarnation();
                cluster.kill(node);
                assertThat(cluster.run("wipe", node.id(), "--yes").exits(0).err())
                        .contains("wiped " + node.id())
                        .contains("'dcluster restart -N " + name + " " + node.id() + "' starts again what was wiped");
                assertThat(node.data()).isDirectoryNotContaining(file -> !file.endsWith("lock"));
                load.awaitProgress(200);

                cluster.restart(node);
                assertThat(role(cluster, node)).isNotEqualTo(RECOVERING);
                assertThat(node.incarnation()).isGreaterThan(before);
                assertThat(node.logged("has recovered")).isPositive();
            }
            load.awaitProgress(200);
            load.end();
            System.err.println(load);
            load.verify(cluster);
        }
        cluster.awaitAgreement();
    }

    @Test
    void aWipedNodeDoesNotVoteBeforeAMajorityWithoutItIsThere() {
        var cluster = SHARED.started();
        var leader = cluster.leader();
        var wiped = cluster.follower();
        new Ask(leader).call("SET", "kept", "1");
        cluster.kill(wiped, leader);
        cluster.run("wipe", wiped.id(), "--yes").exits(0);
        cluster.run("restart", "--wait", "1s", wiped.id()).exits(UNHEALTHY);
        Until.holds(wiped.id() + " says what it is", () -> role(cluster, wiped).equals(RECOVERING));

        // Of three one is down, and of the two that run one could be elected if the wiped one gave its vote.
        for (int look = 0; look < 5; look++) {
            var status = cluster.run("status").exits(5);
            assertThat(status.out()).contains(RECOVERING).doesNotContain("leader ");
            assertThat(status.err())
                    .contains(wiped.id() + " is not ready: it was wiped, and has not recovered from the others");
        }
        assertThat(cluster.run("wipe", leader.id(), "--yes", "--force")
                        .exits(UNHEALTHY)
                        .err())
                .contains("without " + leader.id() + " too few nodes are left that certainly remember all that they"
                        + " promised: it takes 2 of 3");

        cluster.restart(leader);
        Until.holds(wiped.id() + " recovers", () -> !role(cluster, wiped).equals(RECOVERING));
        cluster.awaitHealth();
        cluster.awaitAgreement();
        assertThat(new Ask(wiped).text("kept")).isEqualTo("1");
    }

    private static String role(TestCluster cluster, TestNode node) {
        Map<String, @Nullable Object> status = cluster.statuses().getOrDefault(node.id(), Map.of());
        return String.valueOf(status.get("role"));
    }

    @Test
    void aNodeWhoseFolderIsLostComesBackByAWipe() {
        var cluster = SHARED.started();
        var n2 = cluster.member("n2");
        cluster.kill(n2);
        Deletion.of(n2.data());
        assertThat(cluster.run("restart", "n2").exits(69).err())
                .contains("'dcluster wipe -N wiped n2' and then 'dcluster restart -N wiped n2' bring it back");
        cluster.run("wipe", "n2", "--yes").exits(0);
        cluster.restart(n2);
        cluster.awaitAgreement();
    }

    @Test
    void whatRunsIsNotWipedUnlessItIsForcedAndNobodyIsWipedUnasked() {
        var cluster = SHARED.started();
        assertThat(cluster.run("wipe", "n1", "--yes").exits(UNHEALTHY).err())
                .contains("n1 still runs: 'dcluster kill -N wiped n1' first, or give --force");
        assertThat(cluster.run("wipe", "n1", "--force").exits(64).err())
                .contains("to wipe n1 of 'wiped', with all their data, without a terminal to ask, give --yes");
        cluster.run("status").exits(0);

        cluster.run("wipe", "n1", "--force", "--yes").exits(0);
        assertThat(cluster.member("n1").isRunning()).isFalse();
        cluster.restart(cluster.member("n1"));
        cluster.awaitAgreement();
    }

    /** Killed in its midst, it leaves what can be wiped again; the identity goes first. */
    @Test
    void aWipeThatWasInterruptedIsRepeated() throws IOException {
        var cluster = SHARED.started();
        var n3 = cluster.member("n3");
        cluster.kill(n3);
        cluster.run("wipe", "n3", "--yes").exits(0);
        Files.writeString(n3.data().resolve("state-0000000007"), "what was left");
        assertThat(cluster.run("restart", "n3").exits(69).err())
                .contains("was not wiped to the end: state-0000000007 is still there. Wipe it again");
        cluster.run("wipe", "n3", "--yes").exits(0);
        cluster.restart(n3);
        cluster.awaitAgreement();
    }

    @Test
    void membersOfAnAlgorithmThatCannotTellWhatTheyHadPromisedAreNotWipedWhateverIsAsked() {
        var cluster = CLUSTERS.start("bank", "-a", "two-phase-commit", "-n", "2");
        for (var member : new String[] {"n1", "coordinator"}) {
            for (var more : new String[] {"--yes", "--force", "--past-recovery"}) {
                assertThat(cluster.run("wipe", member, more).exits(64).err())
                        .contains(member + " is not wiped: two-phase-commit, as it is configured, cannot tell what");
            }
        }
        assertThat(cluster.member("n1").data()).isNotEmptyDirectory();
        cluster.run("status").exits(0);
    }

    @Test
    void ofTwoNodesNeitherIsWipedForTheOtherIsNoMajority() {
        var cluster = CLUSTERS.start("pair", "-n", "2");
        assertThat(cluster.run("wipe", "n1", "--yes", "--force").exits(64).err())
                .contains("a wiped node recovers from a majority of its cluster without itself: that takes 3 nodes, and"
                        + " 'pair' has 2");
    }
}
