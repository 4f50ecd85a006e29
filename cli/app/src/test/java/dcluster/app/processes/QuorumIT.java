package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A quorum store as processes: kill -9 of any node and of all of them under load, hints, siblings. */
class QuorumIT {
    private static final int ROUNDS = Integer.getInteger("dcluster.rounds", 2);
    private static final int CLIENTS = 4;

    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    /** Five nodes, three of which own each key. */
    private static final SharedCluster SHARED = new SharedCluster(
            CLUSTERS,
            "carts",
            "-a",
            "quorum",
            "-n",
            "5",
            "--set",
            "options.quorum.compact-above=16KiB",
            "--set",
            "options.quorum.handoff-every=200ms",
            "--set",
            "storage.segment=64KiB");

    private final TestCluster cluster = SHARED.started();

    private Load load() {
        return Load.start(cluster, CLIENTS, Demand.REGULAR_REGISTERS);
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
    void whatAKilledNodeMissedIsKeptForItAndBroughtWhenItIsBack() {
        var victim = cluster.nodes().get(0);
        var others =
                cluster.nodes().stream().filter(node -> !node.equals(victim)).toList();
        cluster.kill(victim);
        for (int key = 0; key < 60; key++) {
            assertThat(new Ask(others.get(key % others.size())).call("SET", "missed" + key, "v" + key))
                    .isInstanceOf(Reply.Simple.class);
        }
        Until.holds("hints are kept", () -> sum("keysOwed") > 0);

        cluster.restart(victim);

        Until.holds("the hints are brought", () -> sum("keysOwed") == 0);
        for (int key = 0; key < 60; key++) {
            assertThat(new Ask(cluster.member(victim.id())).text("missed" + key))
                    .isEqualTo("v" + key);
        }
    }

    private long sum(String detail) {
        return cluster.statuses().values().stream()
                .mapToLong(status ->
                        status.get("details") instanceof Map<?, ?> details && details.get(detail) instanceof Long figure
                                ? figure
                                : 0)
                .sum();
    }

    @Test
    void siblingsAreShownAndReplacedByTheirMerge() {
        var ask = new Ask(cluster.nodes().get(1));
        ask.call("SET", "cart", "apples");
        ask.call("MERGE", "cart", "", "pears");

        assertThat(ask.call("GET", "cart").toString()).contains("SIBLINGS", "2 values");
        assertThat(cluster.kv("get", "cart").exits(0).out().lines()).containsExactly("apples", "pears");
        var context = cluster.kv("get", "cart", "--context")
                .exits(0)
                .out()
                .lines()
                .findFirst()
                .orElseThrow();
        cluster.kv("put", "cart", "apples, pears", "--context=" + context).exits(0);

        for (var node : cluster.nodes()) {
            assertThat(new Ask(node).text("cart")).isEqualTo("apples, pears");
        }
    }

    @Test
    void eachNodeServesWhatItCanAndRefusesWhatTakesConsensusWithTheReason() {
        for (var node : cluster.nodes()) {
            var ask = new Ask(node);
            assertThat(ask.call("SET", "k", node.id()).toString()).contains("OK");
            assertThat(ask.text("k")).isEqualTo(node.id());
            assertThat(ask.call("DEL", "k").toString()).contains("1");
            assertThat(ask.text("k")).isEmpty();
            assertThat(ask.call("INCR", "n").toString()).contains("does not serve Increment", "takes consensus");
            assertThat(ask.call("SET", "k", "v", "NX").toString()).contains("that takes consensus, as raft has it");
        }
        assertThat(cluster.run("status").exits(0).out()).contains("quorum, healthy, 5 of 5 ready");
    }
}
