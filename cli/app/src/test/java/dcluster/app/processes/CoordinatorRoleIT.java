package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The coordinator of an algorithm that has a role of its own for it is a process as nodes are. */
class CoordinatorRoleIT {
    private static final Path SOURCES =
            Repository.root().resolve("algorithms/toolkit/src/test/java/dcluster/toolkit/seam");

    @RegisterExtension
    final Clusters clusters = new Clusters();

    private Path plugin() throws IOException {
        var sources = Stream.of("TwoPhase", "TwoPhaseProvider", "Coordinator", "Participant")
                .map(name -> SOURCES.resolve(name + ".java"))
                .toList();
        return PluginJar.in(clusters.folder("plugin"), sources, "dcluster.toolkit.seam.TwoPhaseProvider");
    }

    private TestCluster start(String name) throws IOException {
        return clusters.start(name, "-a", "two-roles", "-n", "2", "--plugin", plugin().toString());
    }

    @Test
    void itIsThereUnaskedAndNothingIsLostThroughKillsOfAnyMember() throws IOException {
        var cluster = start("roles");
        try (var load = Load.start(cluster, 4)) {
            for (var victim : List.of(cluster.coordinator().orElseThrow(), cluster.member("n1"))) {
                load.awaitProgress(100);
                cluster.kill(victim);
                cluster.restart(victim);
            }
            load.awaitProgress(100);
            load.end();
            System.err.println(load);
            load.verify(cluster);
        }
        assertThat(cluster.run("status").exits(0).out())
                .contains("two-roles, healthy, 3 of 3 ready")
                .containsPattern("n1 +running +participant ")
                .containsPattern("coordinator +running +coordinator ");
    }

    @Test
    void itComesBackOnItsOwnDataAloneAsNodesDo() throws IOException {
        var cluster = start("data");
        var coordinator = cluster.coordinator().orElseThrow();
        assertThat(new Ask(cluster.member("n2")).call("SET", "a", "1")).hasToString("Simple[text=OK]");
        assertThat(cluster.run("kill", "coordinator").exits(0).err()).contains("killed coordinator");
        assertThat(cluster.run("status").exits(4).err()).contains("coordinator is not ready: its process is killed");

        var data = clusters.cli().cluster("data").data("coordinator");
        var elsewhere = clusters.folder("elsewhere").resolve("coordinator");
        Files.move(data, elsewhere);
        assertThat(cluster.run("restart", "coordinator").exits(69).err()).contains("coordinator has lost its data");
        Files.move(data, elsewhere.resolveSibling("refused"));
        Files.move(elsewhere, data);
        cluster.restart(coordinator);
        assertThat(new Ask(cluster.member("n1")).text("a")).isEqualTo("1");
    }
}
