package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node must not do, it refuses, saying what is wrong and what to do; meanwhile the other nodes go on. */
class RefusalIT {
    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    private static final SharedCluster SHARED = new SharedCluster(CLUSTERS, "refusal");

    private final TestCluster cluster = SHARED.started();

    @Test
    @Tag("hard-case-34")
    void aSecondProcessOnTheFolderOfANodeIsRefused() {
        var n1 = cluster.member("n1");
        var refused = node(n1, n1.data()).ends(69);
        assertThat(refused)
                .contains("another process (pid " + n1.pid() + ") uses folder " + n1.data())
                .contains("Stop it first");
        cluster.awaitHealth();
        write("second");
    }

    @Test
    @Tag("hard-case-34")
    void twoNodesWithSwappedFoldersAreRefused() throws IOException {
        var n1 = cluster.member("n1");
        var n2 = cluster.member("n2");
        cluster.kill(n1, n2);
        swap(n1.data(), n2.data());
        assertThat(node(n1, n1.data()).ends(69))
                .contains("belongs to another node", "n2", "n1", "Start the node that it belongs to");
        assertThat(cluster.run("restart", "n2").exits(69).err()).contains("belongs to another node", "they differ in");
        swap(n1.data(), n2.data());
        cluster.restart(n1, n2);
        write("swapped");
    }

    private static void swap(Path one, Path other) throws IOException {
        var aside = one.resolveSibling("aside");
        Files.move(one, aside);
        Files.move(other, one);
        Files.move(aside, other);
    }

    @Test
    @Tag("hard-case-34")
    void aNodeOfAnotherClusterIsRefusedAndBothSidesSayWhy() throws IOException {
        requireRefused("cluster: refusal", "cluster: stranger", "n3 of cluster 'stranger/");
    }

    @Test
    @Tag("hard-case-34")
    void aNodeOfAnotherClusterOfTheSameNameIsRefusedAndBothSidesSayWhy() throws IOException {
        var text = Files.readString(cluster.member("n3").cluster().resolve("cluster.yaml"));
        var id =
                text.lines().filter(line -> line.startsWith("id: ")).findFirst().orElseThrow();
        requireRefused(id, "id: stranger", "n3 of cluster 'refusal/stranger'");
    }

    @Test
    @Tag("hard-case-34")
    void aNodeWithAnotherAlgorithmIsRefusedAndBothSidesSayWhy() throws IOException {
        requireRefused(
                "algorithm: raft", "algorithm: primary-backup", "runs algorithm 'raft', n3 runs 'primary-backup'");
    }

    /** Runs n3 by a cluster file in which one line is another. */
    private void requireRefused(String line, String other, String reason) throws IOException {
        var n3 = cluster.member("n3");
        cluster.kill(n3);
        var file = CLUSTERS.cli().folder().resolve("other.yaml");
        var text = Files.readString(n3.cluster().resolve("cluster.yaml"));
        assertThat(text).contains(line);
        Files.writeString(file, text.replace(line, other).replaceAll("(?s)options:.*?nodes:", "nodes:"));
        var plugin = PrimaryBackupJar.in(CLUSTERS.cli().folder());
        var data = CLUSTERS.folder("n3");
        try (var stranger = CLUSTERS.launchNew(
                List.of(), "node", "-c", "" + file, "--id", "n3", "--data", "" + data, "--plugin", "" + plugin)) {
            for (var id : List.of("n1", "n2")) {
                var node = cluster.member(id);
                var refusal = Pattern.compile(id + " refuses n3: " + id + ".*" + Pattern.quote(reason));
                Until.holds(
                        "the stranger hears why",
                        () -> refusal.matcher(stranger.log()).find());
                Until.holds(id + " says why", () -> refusal.matcher(node.log()).find());
            }
            Until.holds(
                    "the stranger shows why",
                    () -> n3.page("/status")
                            .filter(answer -> answer.body().contains(reason))
                            .isPresent());
            Until.holds(
                    "the stranger is not ready and says why",
                    () -> n3.page("/health")
                            .filter(answer ->
                                    answer.status() == 503 && answer.body().contains(reason))
                            .isPresent());
            assertThat(cluster.member("n1").isHealthy()).isTrue();
            write("stranger");
        }
        cluster.restart(n3);
        cluster.awaitAgreement();
    }

    @Test
    void aPortInUseIsRefused() throws IOException {
        var n1 = cluster.member("n1");
        cluster.kill(n1);
        try (var taken = new ServerSocket(n1.peerPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(node(n1, n1.data()).ends(69))
                    .contains("a port of n1 is in use", "peers " + taken.getLocalPort(), "choose other ports");
            assertThat(cluster.run("restart", "n1").exits(69).err())
                    .contains("port " + taken.getLocalPort() + ", the peer port of n1, is in use by another process");
        }
        cluster.restart(n1);
    }

    /**
     * Permissions do not bind root; a file where a folder should be, and a file system without files, bind everyone.
     */
    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws IOException {
        var n1 = cluster.member("n1");
        var file = Files.createTempFile(CLUSTERS.cli().folder(), "file", "");
        assertThat(node(n1, file).ends(69)).contains("folder " + file + " cannot be made");
        assertThat(node(n1, file.resolve("below")).ends(69))
                .contains("folder " + file.resolve("below"), "cannot be made");
        assertThat(node(n1, Path.of("/proc")).ends(69))
                .contains("folder /proc cannot be written", "Make it writable for this user");
        cluster.awaitHealth();
    }

    private Launched node(TestNode node, Path data) {
        return CLUSTERS.launch(
                "node", "-c", "" + node.cluster().resolve("cluster.yaml"), "--id", node.id(), "--data", "" + data);
    }

    private void write(String value) {
        assertThat(new Ask(cluster.member("n2")).call("SET", "key", value)).hasToString("Simple[text=OK]");
        assertThat(new Ask(cluster.member("n1")).text("key")).isEqualTo(value);
    }
}
