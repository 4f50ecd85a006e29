package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes join and leave a store between two runs of it: keys move to their owners, and nothing is lost meanwhile. */
class RebalanceIT {
    private static final String HANDOFF = "options.quorum.handoff-every=";
    private static final String JOINING = "options.quorum.joining=";
    private static final String LEAVING = "options.quorum.leaving=";

    @RegisterExtension
    final Clusters clusters = new Clusters();

    @Test
    void keysMoveToNodesThatJoinAndAwayFromOneThatLeavesAndNothingAcknowledgedIsLost() {
        var cluster = clusters.start("moving", "-a", "quorum");
        var pairs = new Pairs(cluster);
        pairs.put(200);

        // While nodes wait for an hour before they bring anything, all of this happens before a key is moved.
        cluster.reconfigure("-n", "5", "--set", JOINING + "[n4, n5]", "--set", HANDOFF + "1h");
        assertThat(cluster.run("status").exits(0).out()).contains("UNDER WAY", "moving: ", " keys to look at, ");
        pairs.during(50, () -> killAndRestart(cluster, "n2"));
        assertThat(ring(cluster))
                .hasSize(5)
                .allSatisfy((id, ring) -> assertThat(ring).startsWith("moving: "));

        cluster.reconfigure("--set", HANDOFF + "100ms");
        pairs.during(50, () -> {
            killAndRestart(cluster, "n3");
            awaitSettled(cluster);
        });
        assertThat(cluster.run("status").exits(0).out()).doesNotContain("UNDER WAY");
        cluster.reconfigure("--set", JOINING + "[]");
        assertThat(cluster.nodes()).hasSize(5);
        pairs.verify();

        cluster.reconfigure("--set", LEAVING + "[n1]");
        pairs.during(100, () -> awaitSettled(cluster));
        var data = cluster.member("n1").data();
        cluster.reconfigure("--set", LEAVING + "[]", "--set", "nodes=[{id: n2}, {id: n3}, {id: n4}, {id: n5}]");
        assertThat(cluster.nodes()).extracting(TestNode::id).containsExactly("n2", "n3", "n4", "n5");
        assertThat(data).exists();
        pairs.put(20);
        pairs.verify();
    }

    @Test
    void aRingThatIsNotSettledIsNotTakenForSettledAndTheFormerFileIsBack() throws IOException {
        var cluster = clusters.start("early", "-a", "quorum:replicas=1,reads=1,writes=1", "-n", "1");
        assertThat(new Ask(cluster.member("n1")).call("SET", "a", "1").toString())
                .contains("OK");
        var declared = new String[] {"--reconfigure", "--set", JOINING + "[]"};
        assertThat(cluster.run("start", "--reconfigure", "--set", HANDOFF + "1h")
                        .exits(64)
                        .err())
                .contains("the cluster 'early' runs", "'dcluster stop -N early'");

        cluster.reconfigure("-n", "2", "--set", JOINING + "[n2]", "--set", HANDOFF + "1h");
        var file = cluster.member("n1").cluster().resolve("cluster.yaml");
        var before = Files.readString(file);
        cluster.run("stop").exits(0);
        assertThat(cluster.run("start", declared).exits(65).err())
                .contains("ended with exit code 65", "dcluster: the keys of n", " were placed on a ring of [n1]")
                .contains("the cluster 'early' is configured as it was before")
                .doesNotContain("\tat ");
        assertThat(file).hasContent(before);

        cluster.run("start").exits(0);
        assertThat(new Ask(cluster.member("n2")).text("a")).isEqualTo("1");
    }

    private static void killAndRestart(TestCluster cluster, String node) {
        cluster.kill(cluster.member(node));
        cluster.restart(cluster.member(node));
    }

    private static void awaitSettled(TestCluster cluster) {
        Until.passes(
                "the ring is settled",
                () -> assertThat(ring(cluster))
                        .hasSameSizeAs(cluster.nodes())
                        .allSatisfy((id, ring) -> assertThat(ring).isEqualTo("settled")));
    }

    /** What each node says of it. */
    private static Map<String, String> ring(TestCluster cluster) {
        var rings = new LinkedHashMap<String, String>();
        cluster.statuses().forEach((id, status) -> rings.put(id, ring(status)));
        return rings;
    }

    private static String ring(Map<String, @Nullable Object> status) {
        return status.get("details") instanceof Map<?, ?> details ? String.valueOf(details.get("ring")) : "";
    }
}
