package dcluster.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.process.Clusters;
import dcluster.app.process.Home;
import dcluster.app.process.LocalMachine;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Failure;
import dcluster.config.ConfigException;
import dcluster.config.Overrides;
import dcluster.spi.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    @TempDir
    private Path temporary = Path.of("");

    @Test
    void nothingWantedMeansTheClusterThatIsInTheJar() {
        var plan = planner(Optional.empty(), "port=0").plan();
        assertThat(plan.isNew()).isTrue();
        assertThat(plan.config().name()).isEqualTo("raft-3");
        assertThat(plan.missing()).extracting(ProcessRecord::id).containsExactly("n1", "n2", "n3");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void nothingSaidMeansTheOnlyClusterThatIsThere() {
        planner(Optional.of("other"), "port=0").prepare();
        var said = planner(Optional.empty()).plan();
        assertThat(said.isNew()).isFalse();
        assertThat(said.cluster().name()).isEqualTo("other");
        assertThat(planner(Optional.empty(), "port=0").plan().isNew()).isTrue();
        planner(Optional.of("third"), "port=0").prepare();
        assertThat(planner(Optional.empty()).plan().cluster().name()).isEqualTo("raft-3");
    }

    @Test
    void twoClustersOfOneNameAreNotTheSame() {
        var ids = new HashSet<String>();
        for (int home = 0; home < 2; home++) {
            var plan = planner(Optional.of("c"), "port=0").prepare();
            ids.add(planner(Optional.of("c")).plan().config().id());
            plan.cluster().folder().remove();
        }
        assertThat(ids).hasSize(2).doesNotContain("");
    }

    @Test
    void aPreparedClusterIsThereWithARecordForEachMember() {
        var plan = planner(Optional.of("c"), "port=0").prepare();
        assertThat(plan.cluster().folder().config()).exists();
        assertThat(plan.cluster().members())
                .isEqualTo(plan.config().members().all().toList());
        assertThat(plan.cluster().processes()).noneMatch(process -> process.isRunning());
    }

    @Test
    void aClusterThatIsThereKeepsItsPorts() {
        var first = planner(Optional.of("c"), "port=0").prepare();
        for (var again : List.of(planner(Optional.of("c")), planner(Optional.of("c"), "port=0"))) {
            var plan = again.prepare();
            assertThat(plan.isNew()).isFalse();
            assertThat(plan.config().members()).isEqualTo(first.config().members());
        }
    }

    @Test
    void aClusterThatIsThereDoesNotBecomeAnotherOne() {
        planner(Optional.of("c"), "port=0").prepare();
        assertThatThrownBy(() -> planner(Optional.of("c"), "port=0", "storage.sync=never")
                        .prepare())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is there already")
                .hasMessageContaining("storage.sync is always, not never")
                .hasMessageContaining("dcluster rm -N c");
        assertThatThrownBy(() -> planner(Optional.of("c"), "port=0", "nodes=5").prepare())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("nodes is 3, not 5");
    }

    @Test
    void aClusterKeepsThePluginsThatItWasStartedWith() {
        var first = planner(Optional.of("c"), "port=0").prepare();
        var record = first.cluster().folder().records().get(0);
        first.cluster().folder().keep(ProcessRecord.initial(record.member(), false, List.of("/gone/plugin.jar")));
        assertThatThrownBy(() -> planner(Optional.of("c")).plan())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/gone/plugin.jar");
    }

    @Test
    void whoHasBegunIsNotStartedAsANewOne() {
        var plan = planner(Optional.of("c"), "port=0").prepare();
        var record = plan.missing().get(1);
        plan.cluster().folder().keep(record.beginning());
        assertThat(planner(Optional.of("c")).plan().missing())
                .hasSize(3)
                .filteredOn(ProcessRecord::begun)
                .extracting(ProcessRecord::id)
                .containsExactly(record.id());
    }

    @Test
    void noTwoMembersOfAnyClusterGetTheSamePort() {
        var ports = new HashSet<Integer>();
        for (var name : List.of("a", "b", "c")) {
            var members = planner(Optional.of(name), "port=0", "nodes=7")
                    .prepare()
                    .config()
                    .members();
            members.nodes().stream()
                    .flatMapToInt(PlannerTest::ports)
                    .forEach(port -> assertThat(ports.add(port)).isTrue());
        }
        assertThat(ports).hasSize(63).allSatisfy(port -> assertThat(port).isBetween(15_000, 31_999));
    }

    @Test
    void aPortInUseIsFoundOutBeforeAnythingIsMade() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var file = Files.writeString(
                    Files.createDirectory(temporary.resolve("files")).resolve("c.yaml"),
                    "algorithm: none\nnodes: [{port: 0, peer-port: 0, admin-port: " + taken.getLocalPort() + "}]\n");
            var wanted = new Wanted(Optional.of(file), Overrides.NONE);
            assertThatThrownBy(() -> new Planner(clusters(), wanted, List.of()).prepare())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("the admin port of n1, is in use by another process");
        }
        assertThat(clusters().all()).isEmpty();
    }

    @Test
    void anErrorInTheBundledFileIsToldUnderItsName() {
        assertThatThrownBy(() -> planner(Optional.empty(), "nodes=x").plan())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--set nodes=x");
        assertThatThrownBy(() -> planner(Optional.of("a.b")).plan()).isInstanceOf(RuntimeException.class);
    }

    private Planner planner(Optional<String> name, String... sets) {
        var overrides = new Overrides(Optional.empty(), OptionalInt.empty(), name, List.of(sets));
        return new Planner(clusters(), new Wanted(Optional.empty(), overrides), List.of());
    }

    private Clusters clusters() {
        return new Clusters(new Home(temporary), new LocalMachine());
    }

    private static IntStream ports(Member member) {
        return NewPorts.ports(member);
    }
}
