package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dcluster.spi.ByteSize;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFileTest {
    private static final Algorithms ALGORITHMS = Algorithms.load(List.of());

    @Test
    void oneLineIsACluster() {
        var config = load("algorithm: raft\n");

        assertThat(config.name()).isEqualTo("demo");
        assertThat(config.algorithm().name()).isEqualTo("raft");
        assertThat(config.members().coordinator()).isEmpty();
        assertThat(config.members().nodes())
                .containsExactly(
                        new Member(new NodeId("n1"), "127.0.0.1", 7001, 17001, 27001, ""),
                        new Member(new NodeId("n2"), "127.0.0.1", 7002, 17002, 27002, ""),
                        new Member(new NodeId("n3"), "127.0.0.1", 7003, 17003, 27003, ""));
        assertThat(config.storage())
                .isEqualTo(new Storage(new Sync.Always(), new ByteSize(32 << 20), new ByteSize(128 << 20)));
        assertThat(config.network())
                .isEqualTo(new Network(
                        false, Duration.ofSeconds(5), new ByteSize(64 << 20), Forwarding.FORWARD, 10_000, 1024));
        assertThat(config.chaos()).isEqualTo(new Chaos(false));
        assertThat(config.balance()).isEqualTo(Balance.LEADER);
    }

    @Test
    void aClusterHasItsFilesNameUnlessItGivesOne() {
        assertThat(loadAs("some/folder/raft-3.yaml", "algorithm: raft").name()).isEqualTo("raft-3");
        assertThat(loadAs("raft-3", "algorithm: raft").name()).isEqualTo("raft-3");
        assertThat(loadAs("raft-3.yaml", "algorithm: raft\ncluster: other").name())
                .isEqualTo("other");
        assertThatThrownBy(() -> loadAs("my cluster.yaml", "algorithm: raft"))
                .hasMessage("my cluster.yaml:1:1: a cluster file needs the key 'cluster' where its own name cannot be"
                        + " the cluster's");
    }

    @Test
    void whatIsWrongInFlagsAloneIsUsage() {
        var flags =
                new Overrides(Optional.of("rafty"), OptionalInt.of(0), Optional.of("a b"), List.of("port", "port=x"));
        assertThat(refused("algorithm: raft\n", flags).isUsage()).isTrue();
        assertThat(refused("algorithm: raft\nnodse: 3\n", flags).isUsage()).isFalse();
        assertThat(refused("algorithm: rfat\n", Overrides.NONE).isUsage()).isFalse();
    }

    private static ConfigException refused(String text, Overrides overrides) {
        return catchThrowableOfType(
                ConfigException.class,
                () -> ClusterFile.load(new ClusterText("demo.yaml", text), overrides, ALGORITHMS, PortPicker.NONE));
    }

    @Test
    void differencesAreNamedByTheirKeys() {
        var one = load("algorithm: raft\noptions: {raft: {pre-vote: false}}\n");
        var other = load("algorithm: raft\nport: 8001\nnodes: [{id: n1}, {id: n2}, {id: n3}]\n");
        assertThat(ClusterFile.differences(one, one)).isEmpty();
        assertThat(ClusterFile.differences(one, other))
                .startsWith("options.raft.pre-vote is false, not true", "nodes.n1.port is 7001, not 8001");
        var fewer = load("algorithm: none\nnodes: 1\n");
        assertThat(ClusterFile.differences(one, fewer))
                .containsExactly("algorithm is raft, not none", "nodes is 3, not 1");
    }

    @Test
    void optionsForProgramsAreStructuredAndInCamelCase() {
        var options = load("algorithm: raft\noptions: {raft: {pre-vote: false}}\n")
                .algorithm()
                .plainOptions();
        assertThat(options)
                .containsEntry("preVote", false)
                .containsEntry("heartbeatInterval", "100ms")
                .containsEntry("batch", Map.of("entries", 4096, "bytes", "1MiB"));
        assertThat(Plain.map(new Storage(
                        new Sync.Every(Duration.ofMillis(10)), new ByteSize(1 << 20), new ByteSize(1 << 20))))
                .containsEntry("sync", Map.of("every", Map.of("interval", "10ms")));
        assertThat(Plain.map(Storage.defaults())).containsEntry("sync", "always");
    }

    @Test
    void nodesAreListedWithWhatDiffers() {
        var config = load("""
                algorithm: raft
                host: localhost
                port: 8001
                network: {expose: true}
                nodes:
                  - {id: b, zone: east}
                  - {id: a, host: 10.0.0.7, port: 9000, peer-port: 9001, admin-port: 9002}
                  - {}
                """);

        assertThat(config.members().nodes())
                .containsExactly(
                        new Member(new NodeId("a"), "10.0.0.7", 9000, 9001, 9002, ""),
                        new Member(new NodeId("b"), "localhost", 8001, 18001, 28001, "east"),
                        new Member(new NodeId("n3"), "localhost", 8003, 18003, 28003, ""));
    }

    @Test
    void oneNodesPortsMayBeAnothersOnAnotherHost() {
        var config = load("algorithm: raft\nnodes: [{port: 7001, host: 127.0.0.2}, {port: 7001}]");

        assertThat(config.members().nodes()).extracting(Member::clientPort).containsExactly(7001, 7001);
    }

    @Test
    void aCoordinatorStandsAfterTheNodes() {
        var plain = load("algorithm: raft\nnodes: 5\ncoordinator: true");
        var described = load("algorithm: raft\ncoordinator: {host: 127.0.0.2, port: 7000, balance: least-outstanding}");

        assertThat(plain.members().coordinator())
                .contains(new Member(new NodeId("coordinator"), "127.0.0.1", 7006, 17006, 27006, ""));
        assertThat(plain.balance()).isEqualTo(Balance.LEADER);
        assertThat(described.members().coordinator())
                .contains(new Member(new NodeId("coordinator"), "127.0.0.2", 7000, 17000, 27000, ""));
        assertThat(described.balance()).isEqualTo(Balance.LEAST_OUTSTANDING);
        assertThat(load("algorithm: raft\ncoordinator: false").members().coordinator())
                .isEmpty();
    }

    @Test
    void anAlgorithmWithARoleForTheCoordinatorGetsOneUnasked() {
        var member = new Member(new NodeId("coordinator"), "127.0.0.1", 7004, 17004, 27004, "");
        var swapped = new Overrides(Optional.of("two-phase-commit"), OptionalInt.empty(), Optional.empty(), List.of());

        assertThat(load("algorithm: two-phase-commit").members().coordinator()).contains(member);
        assertThat(load("algorithm: two-phase-commit\ncoordinator: true")
                        .members()
                        .coordinator())
                .contains(member);
        assertThat(load("algorithm: two-phase-commit\ncoordinator: {port: 7009}")
                        .members()
                        .coordinator())
                .map(Member::clientPort)
                .contains(7009);
        assertThat(ClusterFile.load(
                                new ClusterText("demo.yaml", "algorithm: raft\n"), swapped, ALGORITHMS, PortPicker.NONE)
                        .members()
                        .coordinator())
                .contains(member);
    }

    @Test
    void ofACoordinatorThatDoesNotRouteNoBalanceIsWritten() {
        var config = load("algorithm: two-phase-commit\nnodes: 1");
        var written = ClusterFile.write(config);

        assertThat(written).contains("coordinator:\n  id: coordinator\n").doesNotContain("balance");
        assertThat(load(written)).isEqualTo(config);
    }

    @Test
    void portsThatAreZeroArePickedInTheOrderOfIdsAroundThoseThatAreGiven() {
        var next = new AtomicInteger(100);
        var text = new ClusterText("demo.yaml", """
                algorithm: raft
                port: 0
                nodes: [{id: n9}, {id: n1, admin-port: 105}, {id: n2, port: 101, peer-port: 0}]
                """);
        var config = ClusterFile.load(text, Overrides.NONE, ALGORITHMS, () -> next.getAndIncrement() / 2 * 2 + 1);

        assertThat(config.members().nodes())
                .containsExactly(
                        new Member(new NodeId("n1"), "127.0.0.1", 103, 107, 105, ""),
                        new Member(new NodeId("n2"), "127.0.0.1", 101, 109, 20_101, ""),
                        new Member(new NodeId("n9"), "127.0.0.1", 111, 113, 115, ""));
    }

    @Test
    void aPickerThatOnlyRepeatsItselfIsGivenUp() {
        var text = new ClusterText("demo.yaml", "algorithm: raft\nport: 0");

        assertThatThrownBy(() -> ClusterFile.load(text, Overrides.NONE, ALGORITHMS, () -> 5000))
                .isInstanceOf(ConfigException.class)
                .hasMessage("demo.yaml:2:7: no free port was found for the peer port of n1");
    }

    @Test
    void freePortsCanBeBound() throws Exception {
        var config = ClusterFile.load(
                new ClusterText("demo.yaml", "algorithm: raft\nport: 0"),
                Overrides.NONE,
                ALGORITHMS,
                PortPicker.free());

        assertThat(config.members().nodes())
                .flatExtracting(Member::clientPort, Member::peerPort, Member::adminPort)
                .doesNotHaveDuplicates()
                .allMatch(port -> (int) port > 0);
    }

    @Test
    void theCommandLineWins() {
        var overrides = new Overrides(
                Optional.of("raft:reads=log,batch.entries=7"),
                OptionalInt.of(5),
                Optional.of("bench"),
                List.of(
                        "storage.sync={every: 10ms}",
                        "cluster=ignored",
                        "network.request-timeout=1s",
                        "network.request-timeout=2s",
                        "storage.sync=never",
                        "options.raft.reads=read-index"));
        var text = "algorithm: none\nnodes: 1\noptions: {raft: {pre-vote: false, batch: {bytes: 64KiB}}}\n";
        var config = ClusterFile.load(new ClusterText("demo.yaml", text), overrides, ALGORITHMS, PortPicker.NONE);

        assertThat(config.name()).isEqualTo("bench");
        assertThat(config.members().nodes()).hasSize(5);
        assertThat(config.storage().sync()).isEqualTo(new Sync.Never());
        assertThat(config.network().requestTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.algorithm().options())
                .hasToString(load("algorithm: raft\noptions: {raft: {pre-vote: false, reads: log,"
                                + " batch: {entries: 7, bytes: 64KiB}}}")
                        .algorithm()
                        .options()
                        .toString());
    }

    @Test
    void aSettingOfOneKeyLeavesTheOthersOfItsDefault() {
        var config = load("algorithm: raft:batch.entries=7");

        assertThat(config.algorithm().options().toString())
                .contains("batch=Amount[entries=7, bytes=ByteSize[bytes=1048576]]")
                .contains("pipeline=Amount[entries=32768,");
    }

    @Test
    void aListMayBeReplacedByAList() {
        var overrides = new Overrides(
                Optional.empty(), OptionalInt.empty(), Optional.empty(), List.of("nodes=[{id: x}, {id: y}]"));
        var text = new ClusterText("demo.yaml", "algorithm: raft\nnodes: [{id: a}]");

        assertThat(ClusterFile.load(text, overrides, ALGORITHMS, PortPicker.NONE)
                        .members()
                        .ids())
                .containsExactly(new NodeId("x"), new NodeId("y"));
    }

    @Test
    void commasInsideBracketsAndQuotesDoNotEndASetting() {
        var config = load("algorithm: \"sampler:amount={entries: 7, bytes: 1KiB},words=[x,'y,z'],label='a,b'\"");

        assertThat(config.algorithm().options().toString())
                .contains("amount=Amount[entries=7, bytes=ByteSize[bytes=1024]]")
                .contains("words=[x, y,z]")
                .contains("label=a,b");
    }

    @Test
    void whatIsWrittenSaysEverything() {
        var config = load("algorithm: none\nnodes: 1\ncoordinator: {zone: west}\nstorage: {sync: {every: 10ms}}");

        assertThat(ClusterFile.write(config)).isEqualTo("""
                        cluster: demo
                        algorithm: none
                        options:
                          none:
                            compact-above: 64MiB
                            sessions: 10000
                        nodes:
                          - id: n1
                            host: 127.0.0.1
                            port: 7001
                            peer-port: 17001
                            admin-port: 27001
                        coordinator:
                          id: coordinator
                          host: 127.0.0.1
                          port: 7002
                          peer-port: 17002
                          admin-port: 27002
                          zone: west
                          balance: leader
                        storage:
                          sync:
                            every: 10ms
                          segment: 32MiB
                          capacity: 128MiB
                        network:
                          expose: false
                          request-timeout: 5s
                          outbox: 64MiB
                          forwarding: forward
                          max-connections: 10000
                          pipeline-depth: 1024
                        chaos:
                          enabled: false
                        mutants: refused
                        """);
    }

    @Test
    void aFileIsReadFromTheDisk(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("lab.yaml"), "\ufeffalgorithm: raft\r\nnodes: 1\r\n");

        var config = ClusterFile.load(file, Overrides.NONE, ALGORITHMS, PortPicker.NONE);

        assertThat(config.name()).isEqualTo("lab");
        assertThat(config.members().nodes()).hasSize(1);
    }

    @Test
    void traitsAreThoseOfTheOptions() {
        assertThat(load("algorithm: none\nnodes: 1").algorithm().traits().tolerates())
                .isEqualTo("nothing: Config[compactAbove=ByteSize[bytes=67108864], sessions=10000]");
    }

    private static ClusterConfig load(String text) {
        return loadAs("demo.yaml", text);
    }

    private static ClusterConfig loadAs(String name, String text) {
        return ClusterFile.load(new ClusterText(name, text), Overrides.NONE, ALGORITHMS, PortPicker.NONE);
    }
}
