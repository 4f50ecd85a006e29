package dcluster.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dcluster.config.AlgorithmChoice;
import dcluster.config.Balance;
import dcluster.config.Chaos;
import dcluster.config.ClusterConfig;
import dcluster.config.Mutants;
import dcluster.config.Network;
import dcluster.config.Storage;
import dcluster.runtime.Memory.Empty;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.toolkit.seam.TwoPhaseProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** Members with real sockets and folders whose algorithm has a role of its own for the coordinator. */
class CoordinatorProcessTest {
    private static final String COORDINATOR = "coordinator";

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, MemberProcess> running = new HashMap<>();
    private Membership members = new Membership(List.of(member("none", List.of(1, 1, 1))), Optional.empty());

    private static Member member(String id, List<Integer> ports) {
        return new Member(new NodeId(id), "127.0.0.1", ports.get(0), ports.get(1), ports.get(2), "");
    }

    @BeforeEach
    void startAll() throws Exception {
        var ports = freePorts(9);
        members = new Membership(
                List.of(member("n1", ports.subList(0, 3)), member("n2", ports.subList(3, 6))),
                Optional.of(member(COORDINATOR, ports.subList(6, 9))));
        for (var each : members.all().toList()) {
            start(each.id().name(), true);
        }
    }

    @AfterEach
    void stopAll() {
        running.values().forEach(MemberProcess::stop);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var held = new ArrayList<ServerSocket>();
        for (int i = 0; i < count; i++) {
            held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        var ports = held.stream().map(ServerSocket::getLocalPort).toList();
        for (var each : held) {
            each.close();
        }
        return ports;
    }

    private void start(String id, boolean bootstrap) throws Exception {
        var config = new ClusterConfig(
                "roles",
                "",
                new AlgorithmChoice(new TwoPhaseProvider(), new TwoPhaseProvider.Config()),
                members,
                Storage.defaults(),
                Network.defaults(),
                Chaos.defaults(),
                Mutants.REFUSED,
                Balance.LEADER);
        var memory = new Memory(folder.resolve("incarnations").resolve(id), bootstrap ? Empty.NEW : Empty.LOST);
        running.put(
                id,
                MemberProcess.start(new MemberSettings(config, new NodeId(id), folder.resolve(id), memory, "test")));
    }

    private void stop(String id) {
        var process = running.remove(id);
        if (process != null) {
            process.stop();
        }
    }

    private Jedis client(String id) {
        return new Jedis(
                "127.0.0.1", members.member(new NodeId(id)).orElseThrow().clientPort());
    }

    /** A transaction that lost, or came before all members have met, has done nothing and is asked again. */
    private void set(String at, String key, String value) {
        try (var client = client(at)) {
            await().ignoreExceptionsMatching(JedisDataException.class::isInstance)
                    .until(() -> client.set(key, value).equals("OK"));
        }
    }

    private String info(String at) {
        try (var client = client(at)) {
            return client.info();
        }
    }

    @Test
    void itServesInItsRoleAndNodesForwardToIt() {
        assertThat(info(COORDINATOR)).contains("role:coordinator");
        assertThat(info("n1")).contains("role:participant");
        set(COORDINATOR, "a", "1");
        set("n1", "b", "2");
        set("n2", "c", "3");
        try (var client = client("n2")) {
            assertThat(client.get("a")).isEqualTo("1");
            assertThat(client.mget("b", "c")).containsExactly("2", "3");
        }
    }

    @Test
    void itGoesOnFromItsJournalAsNodesDo() throws Exception {
        set(COORDINATOR, "a", "1");
        stop(COORDINATOR);
        start(COORDINATOR, false);
        assertThat(Files.readString(folder.resolve("incarnations").resolve(COORDINATOR)))
                .contains("incarnation: 2");
        set("n1", "a", "2");
    }

    @Test
    void withoutItsFolderItIsRefusedAsNodesAre() throws Exception {
        set(COORDINATOR, "a", "1");
        stop(COORDINATOR);
        Files.move(folder.resolve(COORDINATOR), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> start(COORDINATOR, true))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("coordinator has lost its data");
        Files.move(folder.resolve(COORDINATOR), folder.resolve("refused"));
        Files.move(folder.resolve("elsewhere"), folder.resolve(COORDINATOR));
        start(COORDINATOR, false);
        set("n2", "a", "2");
    }
}
