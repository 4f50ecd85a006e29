package dcluster.twophase;

import dcluster.spi.ByteSize;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Mesh;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Participants and a coordinator on a network that a test can cut, and what clients say to them. */
final class Rig {
    static final NodeId C = new NodeId("c");
    static final NodeId N1 = new NodeId("n1");
    static final NodeId N2 = new NodeId("n2");
    static final NodeId N3 = new NodeId("n3");

    final Mesh<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer, TwoPhaseCommit> mesh;
    private final Shards shards;
    private TwoPhaseCommitConfig config;

    Rig() {
        this(config());
    }

    Rig(TwoPhaseCommitConfig config) {
        this(config, 3);
    }

    Rig(TwoPhaseCommitConfig config, int nodes) {
        this.config = config;
        var members = members(nodes);
        shards = new Shards(members.ids(), config.tokens());
        mesh = new Mesh<>(members, context -> new TwoPhaseCommit(this.config, context));
    }

    /** Whoever starts from now on has these options. */
    void configure(TwoPhaseCommitConfig next) {
        config = next;
    }

    static Membership members(int nodes) {
        return new Membership(Members.of(nodes).nodes(), Optional.of(Members.member("c", 7000)));
    }

    static TwoPhaseCommitConfig config() {
        return config(Protocol.PRESUMED_ABORT, Locking.WAIT_DIE, Termination.COORDINATOR);
    }

    static TwoPhaseCommitConfig config(Protocol protocol) {
        return config(protocol, Locking.WAIT_DIE, Termination.COORDINATOR);
    }

    static TwoPhaseCommitConfig config(Protocol protocol, Locking locking, Termination termination) {
        return new TwoPhaseCommitConfig(
                protocol,
                locking,
                termination,
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                64,
                100,
                new ByteSize(64 << 20));
    }

    /** A key that this participant holds; another one for each number. */
    Bytes key(NodeId owner, int number) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Bytes.utf8("key" + i))
                .filter(key -> shards.owner(key).equals(owner))
                .skip(number)
                .findFirst()
                .orElseThrow();
    }

    Bytes key(NodeId owner) {
        return key(owner, 0);
    }

    /** Adds to a key of each of these. */
    Command.Transaction increments(NodeId... owners) {
        return new Command.Transaction(Stream.of(owners)
                .<Command>map(owner -> new Command.Increment(key(owner), 1))
                .toList());
    }

    static Response numbers(long... values) {
        return new Response.Ok(new Result.Each(
                Arrays.stream(values).<Result>mapToObj(Result.WholeNumber::new).toList()));
    }

    static Response number(long value) {
        return new Response.Ok(new Result.WholeNumber(value));
    }

    static Response text(String value) {
        return new Response.Ok(new Result.Found(Bytes.utf8(value)));
    }

    static final Response ABSENT = new Response.Ok(new Result.Absent());

    RecordingContext<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> at(NodeId node) {
        return mesh.at(node);
    }

    Participant participant(NodeId node) {
        return (Participant) mesh.replica(node).role();
    }

    Coordinator coordinator() {
        return (Coordinator) mesh.replica(C).role();
    }

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

    /** What a participant answers of a key of its own. */
    Response read(NodeId owner) {
        return run(owner, new Command.Get(key(owner)));
    }

    /** What an operator is shown at a member, or told that it cannot be. */
    Response operate(NodeId node, String name, String... arguments) {
        return run(node, new Command.Operation(name, List.of(arguments)));
    }

    /** What an operator is shown of what is in doubt at a member. */
    List<List<String>> inDoubt(NodeId node) {
        return ((Result.Table) ((Response.Ok) operate(node, Operators.IN_DOUBT)).result()).rows();
    }

    /** Whether a participant has voted yes on anything and does not know the decision. */
    boolean isInDoubt(NodeId node) {
        return !participant(node).shard().prepared().isEmpty();
    }

    /** How many things keep a member busy: locks, votes, decisions that not all have acknowledged. */
    int left(NodeId node) {
        return node.equals(C)
                ? coordinator().log().size()
                : participant(node).admission().lockedKeys()
                        + participant(node).shard().prepared().size();
    }

    /** The ids of all members, the coordinator last. */
    List<NodeId> all() {
        return at(C).members().all().map(Member::id).toList();
    }

    /** Time passes for all, in small steps, and messages travel. */
    void pass(Duration time) {
        pass(time, all());
    }

    /** Time passes for these alone: the others are away. */
    void pass(Duration time, List<NodeId> nodes) {
        for (var left = time; !left.isNegative() && !left.isZero(); left = left.minusMillis(50)) {
            for (var node : nodes) {
                at(node).advance(Duration.ofMillis(50));
            }
            mesh.settle();
        }
    }
}
