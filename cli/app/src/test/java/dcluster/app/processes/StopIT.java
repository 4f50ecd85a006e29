package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The orderly end. */
class StopIT {
    @RegisterExtension
    final Clusters clusters = new Clusters();

    @Test
    void everyNodeEndsWithSuccessWhenAskedToUnderLoadAndItsJournalIsWhole() {
        var cluster = clusters.start("stop");
        try (var load = Load.start(cluster, 4)) {
            for (var node : cluster.nodes()) {
                load.awaitProgress(100);
                endsWell(cluster, node);
                load.awaitProgress(100);
            }
            load.end();
            System.err.println(load);
            load.verify(cluster);
        }
        cluster.awaitAgreement();
        for (var node : cluster.nodes()) {
            assertThat(node.log())
                    .as("a journal that was closed has no torn end")
                    .doesNotContain("; cut ");
            assertThat(node.log()).doesNotContain("WARN", "ERROR");
        }
    }

    /** Runs the node in the foreground, where its exit code can be seen, and asks it to end. */
    private void endsWell(TestCluster cluster, TestNode node) {
        cluster.signal("TERM", node);
        Until.holds(node.id() + " is gone", () -> !node.isRunning());
        assertThat(cluster.run("status").exits(4).err()).contains(node.id() + " is not ready: its process is stopped");
        assertThat(node.log()).contains("stopped in order");
        var file = node.cluster().resolve("cluster.yaml").toString();
        try (var foreground = clusters.launch(
                "node", "-c", file, "--id", node.id(), "--data", node.data().toString())) {
            foreground.awaitLog("is ready");
            foreground.process().destroy();
            assertThat(foreground.ends(0)).doesNotContain("WARN", "ERROR", "; cut ");
        }
        cluster.restart(node);
    }

    @Test
    void aStoppedClusterStartsWithAllItHad() {
        var cluster = clusters.start("again");
        assertThat(new Ask(cluster.member("n1")).call("SET", "a", "1")).hasToString("Simple[text=OK]");
        cluster.run("stop").exits(0);
        assertThat(cluster.nodes()).noneMatch(TestNode::isRunning);
        assertThat(cluster.run("status").exits(4).err()).contains("its process is stopped");

        cluster.run("start").exits(0);
        for (var node : cluster.nodes()) {
            assertThat(new Ask(node).text("a")).isEqualTo("1");
        }
        cluster.run("restart", "all").exits(0);
        cluster.run("restart", "leader").exits(0);
        cluster.run("restart", "follower").exits(0);
        for (var node : cluster.nodes()) {
            assertThat(new Ask(node).text("a")).isEqualTo("1");
            assertThat(node.log()).doesNotContain("; cut ");
            assertThat(node.logged("is ready")).isBetween(3, 5);
        }
        assertThat(List.of(cluster.run("status").exit())).containsExactly(0);
    }
}
