package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registers without a leader, as processes: kill -9 of any node and of all of them, under load. */
class AbdIT {
    private static final int ROUNDS = Integer.getInteger("dcluster.rounds", 2);
    private static final int CLIENTS = 4;

    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    private static final SharedCluster SHARED = new SharedCluster(
            CLUSTERS,
            "registers",
            "-a",
            "abd",
            "--set",
            "options.abd.compact-above=16KiB",
            "--set",
            "storage.segment=64KiB");

    private final TestCluster cluster = SHARED.started();

    private Load load() {
        return Load.start(cluster, CLIENTS, Demand.ATOMIC_REGISTERS);
    }

    @Test
    void withAnyNodeKilledTheOthersGoOnAndNothingAcknowledgedIsLost() {
        Killing.of(cluster, load()).eachInTurn();
    }

    @Test
    @Tag("hard-case-15")
    void withAllNodesKilledAtOnceNothingAcknowledgedIsLost() {
        Killing.of(cluster, load()).allAtOnce(ROUNDS);
    }

    @Test
    void eachNodeServesWhatItCanAndRefusesWhatTakesConsensusWithTheReason() {
        for (var node : cluster.nodes()) {
            var ask = new Ask(node);
            assertThat(ask.call("SET", "k", node.id()).toString()).contains("OK");
            assertThat(ask.text("k")).isEqualTo(node.id());
            assertThat(ask.call("INCR", "n").toString()).contains("does not serve Increment");
            assertThat(ask.call("SET", "k", "v", "NX").toString()).contains("that takes consensus, as raft has it");
        }
        assertThat(cluster.run("status").exits(0).out()).contains("abd, healthy, 3 of 3 ready");
    }
}
