package dcluster.app.bench;

import dcluster.app.client.FakeAdmin;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterFolder;
import dcluster.app.process.Deletion;
import dcluster.app.process.Machine;
import dcluster.app.process.ProcessRecord;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cluster of three nodes that a test plays, on a machine of its own. {@code n1} leads at first; who leads hands over to whom
 * it is told to, and when it is killed another one leads.
 */
final class PlayedCluster implements Machine, AutoCloseable {
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final Map<String, FakeAdmin> nodes = new TreeMap<>();
    private final FakeCounter counter = new FakeCounter();
    private final Path home;
    private final ClusterFolder folder;

    PlayedCluster() {
        try {
            home = Files.createTempDirectory("dcluster-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder = new ClusterFolder(home.resolve("demo"));
        folder.create("cluster: demo\n");
        for (int i = 1; i <= 3; i++) {
            var node = new FakeAdmin();
            nodes.put("n" + i, node);
            node.answering("transfer", "{'outcome': 'ok', 'value': true}").doing("transfer", () -> elect(named(node)));
            var member = new Member(new NodeId("n" + i), "127.0.0.1", counter.port(), 1, node.port(), "");
            var launching = ProcessRecord.initial(member, false, List.of()).launching(List.of(), "token " + i);
            folder.keep(launching.launched(i, i));
            running.put((long) i, new Running(i, i, ""));
        }
        elect("n1");
    }

    Cluster cluster() {
        return new Cluster(folder, this);
    }

    FakeAdmin node(String id) {
        return Optional.ofNullable(nodes.get(id)).orElseThrow();
    }

    FakeCounter counter() {
        return counter;
    }

    /** From then on all nodes name that one. */
    void elect(String leader) {
        nodes.values().forEach(node -> node.showing("/status", "{'leader': '" + leader + "'}"));
    }

    /** Whom it was told last to hand over to. */
    private static String named(FakeAdmin node) {
        var asked = node.asked().get(node.asked().size() - 1);
        return asked.replaceAll(".*\\[\"(.*)\"].*", "$1");
    }

    /** A process ends by itself. */
    void crash(String id) {
        running.remove(pid(id));
    }

    private static long pid(String id) {
        return Long.parseLong(id.substring(1));
    }

    @Override
    public Optional<Running> process(long pid) {
        return Optional.ofNullable(running.get(pid));
    }

    @Override
    public List<Running> processes() {
        return List.copyOf(running.values());
    }

    @Override
    public void terminate(Running process) {
        running.remove(process.pid());
    }

    @Override
    public void kill(Running process) {
        running.remove(process.pid());
        elect("n" + running.keySet().iterator().next());
    }

    @Override
    public void close() throws IOException {
        nodes.values().forEach(FakeAdmin::close);
        counter.close();
        Deletion.of(home);
    }
}
