package dcluster.quorum;

import dcluster.spi.Algorithm;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Mesh;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Some nodes of {@code quorum} on a network that a test can cut, and what clients say to them. */
final class Rig {
    static final NodeId N1 = new NodeId("n1");
    static final NodeId N2 = new NodeId("n2");
    static final NodeId N3 = new NodeId("n3");
    static final NodeId N4 = new NodeId("n4");
    static final NodeId N5 = new NodeId("n5");
    static final Bytes KEY = Bytes.utf8("k");
    static final Response WRITTEN = new Response.Ok(new Result.Applied(true));
    static final Response ABSENT = new Response.Ok(new Result.Absent());
    private static final Duration TICK = Duration.ofMillis(50);

    final Mesh<QuorumMessage, QuorumRecord, QuorumTimer, Quorum> mesh;

    /** Of nodes that start from now on. */
    QuorumConfig config;

    private final Set<NodeId> cut = new TreeSet<>();
    private BiPredicate<NodeId, QuorumMessage> arrives = (to, message) -> true;

    Rig(int nodes, Options options) {
        this.config = options.config();
        this.mesh = new Mesh<>(Members.of(nodes), context -> new Quorum(config, context));
        mesh.onlyIf((to, message) -> !cut.contains(to) && arrives.test(to, message));
    }

    Rig(int nodes) {
        this(nodes, new Options());
    }

    // Clients

    static Command put(String value) {
        return new Command.Put(KEY, Bytes.utf8(value));
    }

    static Command get() {
        return new Command.Get(KEY);
    }

    static Command delete() {
        return new Command.Delete(KEY);
    }

    static Command merge(String value, Bytes context) {
        return new Command.Merge(KEY, Optional.of(Bytes.utf8(value)), context);
    }

    static Response found(String value) {
        return new Response.Ok(new Result.Found(Bytes.utf8(value)));
    }

    static Response number(long value) {
        return new Response.Ok(new Result.WholeNumber(value));
    }

    /** Asks, and lets everything come to rest. */
    Request ask(NodeId node, Command command) {
        return mesh.ask(node, command);
    }

    Optional<Response> answer(NodeId node, Request request) {
        return mesh.answer(node, request);
    }

    /** What is answered at once. */
    Response run(NodeId node, Command command) {
        return answer(node, ask(node, command)).orElseThrow();
    }

    /** What is answered at once, or when those that are silent were asked again. */
    Response runPatiently(NodeId node, Command command) {
        var request = ask(node, command);
        for (int i = 0; i < 60 && answer(node, request).isEmpty(); i++) {
            advance(TICK);
        }
        return answer(node, request).orElseThrow();
    }

    /** All values that a quorum holds side by side, and what replaces them. */
    Result.Siblings siblings(NodeId node) {
        return (Result.Siblings) ((Response.Ok) run(node, new Command.ReadSiblings(KEY))).result();
    }

    static Reason reason(Response response) {
        return ((Response.Failed) response).reason();
    }

    // Network, clocks and crashes

    /** Nothing reaches these any more, and their clocks stand. */
    void cut(NodeId... nodes) {
        cut.addAll(List.of(nodes));
    }

    void heal() {
        cut.clear();
        arrives = (to, message) -> true;
    }

    void onlyIf(BiPredicate<NodeId, QuorumMessage> condition) {
        arrives = condition;
    }

    /** Time passes everywhere but where it is cut off, and all messages arrive meanwhile. */
    void advance(Duration duration) {
        for (var left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(TICK)) {
            nodes().filter(node -> !cut.contains(node)).forEach(node -> {
                at(node).advance(TICK);
                mesh.settle();
            });
        }
    }

    /** All nodes die and start with the configuration as it is now. */
    void restartAll(QuorumConfig next) {
        config = next;
        nodes().toList().forEach(mesh::crash);
        mesh.settle();
    }

    // What is seen from outside

    Stream<NodeId> nodes() {
        return at(N1).members().ids().stream();
    }

    RecordingContext<QuorumMessage, QuorumRecord, QuorumTimer> at(NodeId node) {
        return mesh.at(node);
    }

    Replica replica(NodeId node) {
        return mesh.replica(node).replica();
    }

    /** What a replica holds, durable or not, of the key of all tests. */
    List<String> held(NodeId node) {
        return texts(replica(node).versions(KEY).values());
    }

    static List<String> texts(List<Bytes> values) {
        return values.stream().map(Bytes::toUtf8).toList();
    }

    /** The owners of the key of all tests, the first first. */
    List<NodeId> owners() {
        return replica(N1).placement().owners(KEY);
    }

    /** Those that do not own it. */
    List<NodeId> strangers() {
        return nodes().filter(node -> !owners().contains(node)).toList();
    }

    List<Algorithm<?, ?, ?>> algorithms() {
        return nodes().<Algorithm<?, ?, ?>>map(mesh::replica).toList();
    }

    /** Why not all replicas hold the same. */
    Optional<String> difference() {
        return new QuorumInvariants.Convergence().violation(algorithms());
    }

    Object detail(NodeId node, String name) {
        return Objects.requireNonNull(mesh.replica(node).status().details().get(name));
    }
}
