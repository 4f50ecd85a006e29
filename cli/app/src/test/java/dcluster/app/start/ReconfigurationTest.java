package dcluster.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.process.Clusters;
import dcluster.app.process.Home;
import dcluster.app.process.LocalMachine;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Failure;
import dcluster.config.ClusterFile;
import dcluster.config.Overrides;
import dcluster.spi.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code start --reconfigure} makes of a cluster that is there and stopped. */
class ReconfigurationTest {
    private static final String LEAVING = "options.quorum.leaving=[n1]";
    private static final String JOINING = "options.quorum.joining=[n4, n5]";

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void otherOptionsTakeThePlaceOfWhatWasThere() {
        var first = made("raft");
        begin(first, "n2");
        var id = planner().plan().config().id();
        var change = planner("storage.sync=never").reconfigure();
        assertThat(change.told()).containsExactly("storage.sync was always, is never");
        var after = planner().plan();
        assertThat(after.config().id()).isEqualTo(id).isNotEmpty();
        assertThat(after.config().members()).isEqualTo(first.config().members());
        assertThat(ClusterFile.differences(change.plan().config(), after.config()))
                .isEmpty();
        assertThat(begun()).containsExactly("n2");
    }

    @Test
    void nodesThatJoinAreNewAndTheOthersKeepTheirPorts() {
        var first = made("quorum");
        first.missing().forEach(record -> begin(first, record.id()));
        var change = planner(5, JOINING).reconfigure();
        assertThat(change.told()).containsExactly("options.quorum.joining was [], is [n4, n5]", "nodes was 3, is 5");
        var plan = planner().plan();
        assertThat(plan.missing()).extracting(ProcessRecord::id).containsExactly("n1", "n2", "n3", "n4", "n5");
        assertThat(begun()).containsExactly("n1", "n2", "n3");
        assertThat(plan.config().members().nodes())
                .startsWith(first.config().members().nodes().toArray(Member[]::new));
        assertThat(plan.config().members().nodes())
                .flatExtracting(Member::clientPort, Member::peerPort, Member::adminPort)
                .doesNotHaveDuplicates();
    }

    @Test
    void aNodeThatHasLeftIsForgottenAndItsDataStays() throws IOException {
        var first = made("quorum", "nodes=4");
        var data = Files.createDirectories(first.cluster().folder().data("n1"));
        Files.createFile(first.cluster().folder().ended("n1"));
        var nodes = first.config().members().nodes();
        planner(LEAVING).reconfigure();
        assertThat(first.cluster().members()).isEqualTo(nodes);

        var change = planner("options.quorum.leaving=[]", "nodes=[{id: n2}, {id: n3}, {id: n4}]")
                .reconfigure();
        assertThat(change.told()).endsWith("n1 is no member any more; its data stays in " + data);
        var plan = planner().plan();
        assertThat(plan.cluster().members()).isEqualTo(nodes.subList(1, 4));
        assertThat(plan.config().members().nodes()).isEqualTo(plan.cluster().members());
        assertThat(data).exists();
        assertThat(first.cluster().folder().ended("n1")).doesNotExist();

        var back = planner(4, "options.quorum.joining=[n1]").reconfiguration();
        assertThat(back.told()).endsWith("n1 was a member before, and goes on with its data in " + data);
    }

    @Test
    void whatIsTakenBackIsAsItWas() throws IOException {
        var first = made("quorum");
        begin(first, "n1");
        var folder = first.cluster().folder();
        var before = Files.readString(folder.config());
        var records = folder.records();
        var change = planner(5, JOINING).reconfigure();
        assertThat(folder.records()).hasSize(5);
        assertThat(change.undo()).isTrue();
        assertThat(folder.config()).hasContent(before);
        assertThat(folder.records()).isEqualTo(records);
    }

    @Test
    void theSameAgainCompletesWhatWasInterrupted() {
        var first = made("quorum", "nodes=4", LEAVING);
        var record = first.cluster().folder().records().get(0);
        var without = new String[] {"options.quorum.leaving=[]", "nodes=[{id: n2}, {id: n3}, {id: n4}]"};
        planner(without).reconfigure();
        first.cluster().folder().keep(record);
        assertThat(planner(without).reconfigure().told())
                .singleElement()
                .asString()
                .startsWith("n1 is no member");
        assertThat(first.cluster().folder().records()).hasSize(3);
    }

    @Test
    void aFileThatIsNamedCountsForAllOfItButIdAndPorts() throws IOException {
        var first = made("quorum");
        var file = Files.writeString(
                Files.createDirectory(temporary.resolve("files")).resolve("c.yaml"),
                "algorithm: quorum\nid: other\nport: 0\nnodes: 3\noptions: {quorum: {reads: 1}}\n");
        var id = planner().plan().config().id();
        var wanted = new Wanted(Optional.of(file), Overrides.NONE);
        var change = new Planner(clusters(), wanted, List.of()).reconfigure();
        assertThat(change.told()).containsExactly("options.quorum.reads was 2, is 1");
        assertThat(planner().plan().config().id()).isEqualTo(id);
        assertThat(planner().plan().config().members()).isEqualTo(first.config().members());
    }

    @Test
    void whatTheAlgorithmCannotGoOnWithIsRefusedAndNothingChanges() throws IOException {
        var first = made("raft");
        var before = Files.readString(first.cluster().folder().config());
        assertThatThrownBy(() -> planner(5).reconfigure())
                .isInstanceOf(Failure.class)
                .hasMessage("the cluster 'c' cannot be reconfigured so: raft goes on with the members that it began"
                        + " with, [n1, n2, n3], not with [n1, n2, n3, n4, n5]");
        var other = new Overrides(Optional.of("abd"), OptionalInt.empty(), Optional.of("c"), List.of());
        assertThatThrownBy(() -> new Planner(clusters(), new Wanted(Optional.empty(), other), List.of()).reconfigure())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("its data is that of raft, and a cluster of abd cannot go on with it");
        assertThat(first.cluster().folder().config()).hasContent(before);
        assertThat(first.cluster().folder().records()).hasSize(3);
    }

    @Test
    void aNewNodeThatIsNotNamedAsSuchIsRefused() {
        made("quorum");
        assertThatThrownBy(() -> planner(5).reconfigure())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("start the cluster with options.quorum.joining: [n4, n5]");
    }

    @Test
    void aPortInUseIsFoundOutBeforeAnythingChanges() throws IOException {
        var first = made("quorum");
        var before = Files.readString(first.cluster().folder().config());
        try (var taken = new ServerSocket(
                first.config().members().nodes().get(0).clientPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> planner(5, JOINING).reconfigure())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("the client port of n1, is in use");
        }
        assertThat(first.cluster().folder().config()).hasContent(before);
    }

    @Test
    void aClusterThatRunsIsLeftAlone() {
        var first = made("raft");
        var self = ProcessHandle.current();
        var running = new LocalMachine().process(self.pid()).orElseThrow();
        var record = first.cluster().folder().records().get(0);
        first.cluster()
                .folder()
                .keep(record.launching(List.of(), "token").launched(self.pid(), running.startedMillis()));
        assertThatThrownBy(() -> planner("storage.sync=never").reconfigure())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the cluster 'c' runs")
                .hasMessageContaining("'dcluster stop -N c'");
        assertThat(planner("storage.sync=always").reconfigure().told()).isEmpty();
        assertThat(first.cluster().isRunning()).isTrue();
    }

    @Test
    void whatIsNotThereCannotBeReconfigured() {
        assertThatThrownBy(() -> planner().reconfigure())
                .isInstanceOf(Failure.class)
                .hasMessage("there is no cluster 'c' to reconfigure; -N says which, and there are []");
    }

    private Plan made(String algorithm, String... sets) {
        var all = new ArrayList<>(List.of("port=0"));
        all.addAll(List.of(sets));
        var overrides = new Overrides(Optional.of(algorithm), OptionalInt.empty(), Optional.of("c"), all);
        return new Planner(clusters(), new Wanted(Optional.empty(), overrides), List.of()).prepare();
    }

    private static void begin(Plan plan, String id) {
        var folder = plan.cluster().folder();
        folder.records().stream()
                .filter(record -> record.id().equals(id))
                .forEach(record -> folder.keep(record.beginning()));
    }

    private List<String> begun() {
        return planner().plan().missing().stream()
                .filter(ProcessRecord::begun)
                .map(ProcessRecord::id)
                .toList();
    }

    private Planner planner(String... sets) {
        return planner(OptionalInt.empty(), sets);
    }

    private Planner planner(int nodes, String... sets) {
        return planner(OptionalInt.of(nodes), sets);
    }

    private Planner planner(OptionalInt nodes, String... sets) {
        var overrides = new Overrides(Optional.empty(), nodes, Optional.of("c"), List.of(sets));
        return new Planner(clusters(), new Wanted(Optional.empty(), overrides), List.of());
    }

    private Clusters clusters() {
        return new Clusters(new Home(temporary), new LocalMachine());
    }
}
