package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.Deletion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Members whose folder was lost, emptied or replaced by an older copy: they have promised what they do not remember. */
class AmnesiaIT {
    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    private static final SharedCluster SHARED = new SharedCluster(CLUSTERS, "amnesia");

    @Test
    void aNodeWhoseFolderIsGoneIsRefusedAndTheOthersGoOnAndLoseNothing() throws IOException {
        var cluster = SHARED.started();
        var n1 = cluster.member("n1");
        try (var load = Load.start(cluster, 4)) {
            load.awaitProgress(100);
            cluster.kill(n1);
            var aside = CLUSTERS.folder("aside").resolve("n1");
            Files.move(n1.data(), aside);

            assertThat(cluster.run("restart", "n1").exits(69).err())
                    .contains("n1 has lost its data: its folder " + n1.data() + " is empty")
                    .contains("it could vote twice in one term, and writes that it acknowledged could be lost")
                    .contains("Give it the folder as it was when it last ran")
                    .contains("'dcluster wipe -N amnesia n1' and then 'dcluster restart -N amnesia n1' bring it back");
            assertThat(n1.data()).isDirectory();
            load.awaitProgress(100);

            // Neither a second attempt nor "start" takes the folder that the first has left for a new one.
            assertThat(cluster.run("restart", "n1").exits(69).err()).contains("n1 has lost its data");
            assertThat(cluster.run("start").exits(69).err()).contains("n1 has lost its data");
            Deletion.of(n1.data());
            cluster.run("stop").exits(0);
            assertThat(cluster.run("start").exits(69).err()).contains("n1 has lost its data");
            cluster.restart(cluster.member("n2"), cluster.member("n3"));
            load.awaitProgress(100);

            Deletion.of(n1.data());
            Files.move(aside, n1.data());
            cluster.restart(n1);
            load.awaitProgress(100);
            load.end();
            System.err.println(load);
            load.verify(cluster);
        }
        cluster.awaitAgreement();
    }

    @Test
    void anOlderCopyOfAFolderIsRefusedHoweverOftenItIsStarted() throws IOException {
        var cluster = SHARED.started();
        var n2 = cluster.member("n2");
        cluster.kill(n2);
        var older = CLUSTERS.folder("older").resolve("n2");
        copy(n2.data(), older);
        cluster.restart(n2);
        write(cluster, "after the copy");
        cluster.kill(n2);
        var right = replace(n2, older);

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(cluster.run("restart", "n2").exits(69).err())
                    .contains("n2 has lost data: its folder " + n2.data() + " is an older copy, of incarnation ");
        }
        write(cluster, "without it");

        putBack(cluster, n2, right);
    }

    @Test
    void aCopyThatWasTakenSinceTheLastStartIsRefusedIfAnythingWasWrittenSince() throws IOException {
        var cluster = SHARED.started();
        var n2 = cluster.member("n2");
        write(cluster, "before the copy");
        cluster.awaitAgreement();
        var older = CLUSTERS.folder("running").resolve("n2");
        copy(n2.data(), older);
        long end = n2.position();
        write(cluster, "after the copy".repeat(100));
        Until.holds("n2 has synced it", () -> n2.position() > end + 1000);
        cluster.kill(n2);
        var right = replace(n2, older);

        for (var attempt : List.of(cluster.run("restart", "n2"), cluster.run("start"))) {
            assertThat(attempt.exits(69).err())
                    .contains("n2 has lost data: its folder " + n2.data() + " ends at position ")
                    .contains(" of its journal, although that was durable up to " + n2.position() + " (says "
                            + n2.memory() + "): it is an older copy, taken since its last start")
                    .contains("Give it the folder as it was when it last ran");
        }
        write(cluster, "without it");

        putBack(cluster, n2, right);
    }

    @Test
    void aNodeThatWasReadyOnceIsNeverTakenForANewOneEvenIfNothingRemembersIt() throws IOException {
        var cluster = SHARED.started();
        var n1 = cluster.member("n1");
        cluster.kill(n1);
        var aside = CLUSTERS.folder("both");
        Files.move(n1.data(), aside.resolve("data"));
        Files.move(n1.memory(), aside.resolve("memory"));

        for (var attempt : List.of(cluster.run("restart", "n1"), cluster.run("start"))) {
            assertThat(attempt.exits(69).err())
                    .contains("n1 has no data: its folder " + n1.data() + " is empty")
                    .contains("give it the folder as it was when it last ran")
                    .contains("'dcluster rm -N amnesia' removes it");
            assertThat(n1.memory()).doesNotExist();
        }

        // With its data it is known again, and what remembers it is made anew.
        Deletion.of(n1.data());
        Files.move(aside.resolve("data"), n1.data());
        cluster.restart(n1);
        cluster.awaitAgreement();
        assertThat(n1.incarnation()).isGreaterThan(1);
    }

    /** As when a whole machine is restored from an old backup: then only the peers remember. */
    @Test
    void aNodeThatHasForgottenEvenItsOwnStartsIsRefusedAtThePeersDoor() throws IOException {
        var cluster = SHARED.started();
        var n2 = cluster.member("n2");
        var memory = n2.memory();
        cluster.kill(n2);
        var older = CLUSTERS.folder("backup").resolve("n2");
        copy(n2.data(), older);
        String remembered = Files.readString(memory);
        cluster.restart(n2);
        cluster.restart(n2);
        Until.holds(
                "n2 has peers",
                () -> n2.metric("dcluster_peer_connected{peer=\"n1\"}")
                        .filter(connected -> connected == 1)
                        .isPresent());
        cluster.kill(n2);
        var right = replace(n2, older);
        String rightMemory = Files.readString(memory);
        long last = n2.incarnation();
        Files.writeString(memory, remembered);

        var restarted = cluster.run("restart", "n2").exits(4).err();
        String reason = " refuses n2: n2 says that it is incarnation " + n2.incarnation() + ", after incarnation "
                + last + " was heard of";
        for (var id : List.of("n1", "n3")) {
            Until.holds(id + " says why", () -> cluster.member(id).log().contains(id + reason));
            Until.holds("n2 hears why", () -> n2.log().contains(id + reason));
        }
        assertThat(restarted)
                .contains("the cluster 'amnesia' is not ready: n2: n", reason)
                .doesNotContain("not ready within");
        assertThat(n2.page("/health").orElseThrow().status()).isEqualTo(503);
        assertThat(cluster.run("status").exits(4).err()).contains("n2 is not ready: n", reason);
        assertThat(cluster.run("start").exits(4).err()).contains("is not ready: n2: n", reason);
        write(cluster, "without it");

        cluster.kill(n2);
        Files.writeString(memory, rightMemory);
        putBack(cluster, n2, right);
    }

    @Test
    void aCoordinatorWhoseFolderIsGoneIsRefused() {
        var cluster = CLUSTERS.start("routed", "-a", "none", "-n", "1", "--set", "coordinator=true");
        var coordinator = cluster.coordinator().orElseThrow();
        cluster.kill(coordinator);
        Deletion.of(coordinator.data());
        assertThat(cluster.run("restart", "coordinator").exits(69).err())
                .contains("coordinator has lost its data: its folder " + coordinator.data() + " is empty");
    }

    @Test
    void aStartThatWasKilledAtAnyMomentIsSimplyRepeated() throws Exception {
        for (var sign : List.of("processes/n1.json", "nodes/n1", "incarnations/n2")) {
            var start = CLUSTERS.cli().launch("start", "-N", "killed", "--set", "port=0");
            var folder = CLUSTERS.cli().cluster("killed");
            Until.holds(sign + " is there", () -> Files.exists(folder.path().resolve(sign)));
            start.destroyForcibly().waitFor();
            CLUSTERS.cli().run("stop", "-N", "killed", "--force").exits(0);

            CLUSTERS.cli().run("start", "-N", "killed", "--wait", "1m").exits(0);
            CLUSTERS.cli().run("stop", "-N", "killed").exits(0);
            CLUSTERS.cli().run("rm", "-N", "killed", "--yes").exits(0);
        }
    }

    @Test
    void aNodeThatIsRunByHandHasToBeToldThatItsClusterIsNew() throws IOException {
        var file = CLUSTERS.cli().file("hand.yaml", "cluster: hand\nalgorithm: none\nnodes: [{port: 0}]\n");
        var resolved =
                CLUSTERS.cli().run("start", "-c", file, "--dry-run").exits(0).out();
        Files.writeString(Path.of(file), resolved);
        var node = new String[] {"node", "-c", file, "--id", "n1"};

        var untold = CLUSTERS.cli().run(node).exits(69);
        assertThat(untold.err()).contains("it was not told that its cluster is new", "say so with --bootstrap");

        // Told once, and it may stay in the command line.
        for (int start = 1; start <= 2; start++) {
            try (var told = CLUSTERS.launch("node", "-c", file, "--id", "n1", "--bootstrap")) {
                told.awaitLog("is ready");
            }
        }
        try (var again = CLUSTERS.launch(node)) {
            again.awaitLog("is ready");
        }
        Deletion.of(CLUSTERS.cli().cluster("hand").data("n1"));
        try (var lost = CLUSTERS.launch("node", "-c", file, "--id", "n1", "--bootstrap")) {
            assertThat(lost.ends(69)).contains("n1 has lost its data", "although it has run as incarnation 3");
        }
        try (var wiped = CLUSTERS.launch("node", "-c", file, "--id", "n1", "--wiped")) {
            assertThat(wiped.ends(65))
                    .contains("n1 was wiped, and cannot begin again: none, as it is configured, cannot tell what");
        }
    }

    /** Puts an older copy in the place of a node's folder, and returns where that is now. */
    private static Path replace(TestNode node, Path older) throws IOException {
        var right = CLUSTERS.folder("right").resolve(node.id());
        Files.move(node.data(), right);
        copy(older, node.data());
        return right;
    }

    private static void putBack(TestCluster cluster, TestNode node, Path right) throws IOException {
        Deletion.of(node.data());
        Files.move(right, node.data());
        cluster.restart(node);
        cluster.awaitAgreement();
    }

    private static void write(TestCluster cluster, String value) {
        for (var id : List.of("n1", "n3")) {
            assertThat(new Ask(cluster.member(id)).call("SET", "key", value)).hasToString("Simple[text=OK]");
            assertThat(new Ask(cluster.member(id)).text("key")).isEqualTo(value);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(
                    file -> copyFile(file, to.resolve(from.relativize(file).toString())));
        }
    }

    private static void copyFile(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
