package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.terminal.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferIT {
    private static final int CLIENTS = 4;

    @RegisterExtension
    final Clusters clusters = new Clusters();

    @ParameterizedTest
    @ValueSource(strings = {"raft", "paxos"})
    void leadershipMovesUnderLoadAndNothingAcknowledgedIsLost(String algorithm) {
        var cluster = clusters.start("moves", "-a", algorithm);
        try (var load = Load.start(cluster, CLIENTS)) {
            for (int round = 0; round < cluster.nodes().size(); round++) {
                load.awaitProgress(100);
                var moved = moved(cluster, cluster.follower());
                assertThat(moved.get("to")).isNotEqualTo(moved.get("from"));
            }
            load.awaitProgress(100);
            load.end();
            load.verify(cluster);
            cluster.awaitAgreement();
        }
    }

    /** On a busy machine the other node may not catch up in the leader's time, or another election may come first. */
    private static Map<String, @Nullable Object> moved(TestCluster cluster, TestNode to) {
        return Until.there("leadership moves to " + to.id(), () -> {
            var result = cluster.run("transfer", "--to", to.id(), "--wait", "10s", "-o", "ndjson");
            assertThat(result.exit()).as(result.err()).isIn(0, 1, 4);
            return Optional.of(result)
                    .filter(each -> each.exit() == 0)
                    .map(each -> Json.object(each.out()))
                    .filter(json -> Boolean.TRUE.equals(json.get("moved")));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"raft", "paxos"})
    void aNodeThatIsPausedDoesNotTakeOverAndTheLeaderGoesOn(String algorithm) {
        var cluster = clusters.start("paused", "-a", algorithm);
        var paused = cluster.follower();
        cluster.signal("STOP", paused);
        Until.passes(
                "the leader says why it goes on",
                () -> assertThat(cluster.run("transfer", "--to", paused.id())
                                .exits(1)
                                .err())
                        .contains("does not hand over: " + paused.id())
                        .containsAnyOf("goes on leading", "is not heard"));
        cluster.kv("put", "a", "1", "--at", cluster.leader().id()).exits(0);
        cluster.signal("CONT", paused);
    }

    @Test
    void whereNobodyLeadsThereIsNothingToHandOver() {
        var cluster = clusters.start("alone", "-a", "none", "-n", "1");
        assertThat(cluster.run("transfer").exits(1).err()).contains("those that have: paxos, raft");
    }
}
