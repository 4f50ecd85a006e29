package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.command.FakeCluster;
import dcluster.app.command.TestSession;
import dcluster.app.process.ClusterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code wipe} refuses of three nodes that do not run and have forgotten nothing, and what lifts that. */
class WipeTest {
    @TempDir
    private Path temporary = Path.of("");

    private TestSession session = new TestSession();
    private ClusterFolder folder = new ClusterFolder(temporary);
    private FakeCluster cluster = new FakeCluster(folder);

    @BeforeEach
    void moveIn() throws IOException {
        session = new TestSession(temporary);
        folder = session.session().clusters().home().cluster("demo");
        folder.create("cluster: demo\nalgorithm: raft\nnodes: 3\n");
        cluster = new FakeCluster(folder);
        for (var id : List.of("n1", "n2", "n3")) {
            cluster.rests(id);
            Files.createDirectories(folder.data(id));
            Files.writeString(folder.data(id).resolve("identity"), "node: " + id + "\n");
            Files.createDirectories(folder.incarnation(id).getParent());
            Files.writeString(folder.incarnation(id), "incarnation: 1\nposition: " + "0".repeat(19) + "\n");
        }
    }

    private int run(String command) {
        session.reset();
        var words = command.split(" ");
        return CommandLines.of(session.session(), List.of(words)).execute(words);
    }

    private boolean isWiped(String id) {
        return Files.notExists(folder.data(id).resolve("identity"));
    }

    @Test
    void aMajorityThatHasForgottenNothingMustBeLeftWhateverIsKilled() {
        for (var options : List.of("--yes", "--yes --force")) {
            assertThat(run("wipe n1 n2 " + options)).isEqualTo(4);
            assertThat(session.err())
                    .contains(
                            "without n1, n2 too few nodes are left that certainly remember all that they promised:"
                                    + " it takes 2 of 3, and it would be n3. ",
                            "--past-recovery wipes all the same, and then nobody may ever recover");
        }
        assertThat(isWiped("n1") || isWiped("n2")).isFalse();

        assertThat(run("wipe n1 --yes")).isZero();
        assertThat(run("wipe n2 --yes")).isEqualTo(4);
        assertThat(run("wipe n2 --yes --past-recovery")).isZero();
        assertThat(session.err()).contains("wiped n2; 'dcluster restart -N demo n2' starts again what was wiped");
        assertThat(isWiped("n2")).isTrue();
        assertThat(isWiped("n3")).isFalse();
    }

    @Test
    void whatRunsIsNotWipedUnlessItIsForcedHoweverFewMayBeLeft() {
        cluster.runs("n1", 1);
        assertThat(run("wipe n1 --yes --past-recovery")).isEqualTo(4);
        assertThat(session.err())
                .isEqualTo("dcluster: n1 still runs: 'dcluster kill -N demo n1' first, or give --force\n");
        assertThat(isWiped("n1")).isFalse();
    }

    @Test
    void whichWereWipedBeforeOneThatFailsIsSaid() throws IOException {
        Files.delete(folder.incarnation("n2"));
        assertThat(run("wipe n1 n2 n3 --yes --past-recovery")).isEqualTo(69);
        assertThat(session.err())
                .contains("cannot wipe n2: nothing remembers that n2 ever ran")
                .endsWith(". Wiped before that: n1\n");
        assertThat(isWiped("n1")).isTrue();
        assertThat(isWiped("n3")).isFalse();
        assertThat(run("wipe n2 --yes --past-recovery")).isEqualTo(69);
        assertThat(session.err()).doesNotContain("Wiped before that");
    }
}
