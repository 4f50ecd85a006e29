package dcluster.raft;

import dcluster.spi.Algorithm;
import dcluster.spi.Command;
import dcluster.spi.Invariant;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import dcluster.toolkit.testing.RecordingContext.Replied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Several replicas, each on a recording context, and the messages between them, which wait until the test delivers or
 * drops them. Nothing happens by itself: the test is the network, the disks, the clocks and the scheduler. After each
 * event the invariants are checked over all replicas that are up.
 */
final class Cluster {
    /** A message on its way. */
    record Flight(long number, NodeId from, NodeId to, RaftMessage message) {}

    /** One member: its folder, clock and timers outlive its process. */
    static final class Node {
        final NodeId id;
        final RecordingContext<RaftMessage, RaftRecord, RaftTimer> context;
        Raft raft;
        boolean up = true;
        long requests;

        Node(NodeId id, RecordingContext<RaftMessage, RaftRecord, RaftTimer> context, Raft raft) {
            this.id = id;
            this.context = context;
            this.raft = raft;
        }
    }

    /** Is told what leaves a node, as soon as it leaves. */
    interface Observer {
        default void sent(Flight flight, boolean eager) {}

        default void replied(Node node, Replied reply) {}

        default void noted(Node node, String event, List<Object> details) {}
    }

    private final RaftConfig config;
    private final Observer observer;
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final List<Flight> flights = new ArrayList<>();
    private final List<Invariant> invariants;
    private long flightCount;

    Cluster(int size, RaftConfig config, long seed, Observer observer) {
        this.config = config;
        this.observer = observer;
        this.invariants = RaftInvariants.all().stream().map(Supplier::get).toList();
        Membership members = Members.of(size);
        for (var id : members.ids()) {
            var context = new RecordingContext<RaftMessage, RaftRecord, RaftTimer>(id, members, seed++);
            context.weighRecords(Cluster::weigh);
            nodes.put(id, new Node(id, context, new Raft(config, context)));
        }
    }

    static long weigh(RaftRecord change) {
        if (change instanceof RaftRecord.Append append) {
            return 20 + append.entries().stream().mapToLong(Entry::bytes).sum();
        }
        return change instanceof RaftRecord.Chunk chunk
                ? 20 + 20L * chunk.content().parts().size()
                : 20;
    }

    void start() {
        for (var node : nodes.values()) {
            node.context.attach(node.raft);
            after(node);
        }
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    Node node(NodeId id) {
        var node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return node;
    }

    List<Flight> flights() {
        return flights;
    }

    // Events

    /** Messages arrive at a node in one turn; at a node that is down they are lost. They must be in flight to it. */
    void deliver(Node node, List<Flight> arriving) {
        flights.removeAll(arriving);
        if (!node.up || arriving.isEmpty()) {
            return;
        }
        for (var flight : arriving) {
            node.raft.onMessage(flight.from(), flight.message());
        }
        node.raft.endTurn();
        after(node);
    }

    void drop(Flight flight) {
        flights.remove(flight);
    }

    /** The network repeats a message. */
    void repeat(Flight flight) {
        flights.add(new Flight(++flightCount, flight.from(), flight.to(), flight.message()));
    }

    Request request(Node node, Command command) {
        node.requests++;
        var request = node.context.request(command);
        after(node);
        return request;
    }

    /** All that a node journalled becomes durable, and what waited for it goes out. */
    void durable(Node node) {
        node.context.durable();
        after(node);
    }

    /** A part of what a node journalled becomes durable. */
    void durable(Node node, int records) {
        node.context.durable(node.context.durableCount() + records);
        after(node);
    }

    void advance(Node node, Duration duration) {
        node.context.advance(duration);
        after(node);
    }

    /** A while in which everything works, but for messages that do not pass. */
    void calmly(Duration duration, Predicate<Flight> passes) {
        flights.removeIf(passes.negate());
        var arriving = List.copyOf(flights);
        for (var node : nodes.values()) {
            deliver(
                    node,
                    arriving.stream()
                            .filter(flight -> flight.to().equals(node.id))
                            .toList());
            if (node.up) {
                durable(node);
                advance(node, duration);
            }
        }
    }

    /** The process dies; what became durable beyond what was synced is decided when it comes back. */
    void crash(Node node) {
        node.up = false;
    }

    void restart(Node node, int survivors) {
        node.raft = node.context.crashAndRestart(context -> new Raft(config, context), survivors);
        node.up = true;
        after(node);
    }

    private void after(Node node) {
        var context = node.context;
        for (var note : context.notes()) {
            observer.noted(node, note.event(), note.details());
        }
        for (var sent : context.sent()) {
            var flight = new Flight(++flightCount, node.id, sent.to(), sent.message());
            flights.add(flight);
            observer.sent(flight, sent.eager());
        }
        for (var reply : context.replies()) {
            observer.replied(node, reply);
        }
        context.clear();
        check();
    }

    private void check() {
        List<Algorithm<?, ?, ?>> up = new ArrayList<>();
        for (var node : nodes.values()) {
            if (node.up) {
                up.add(node.raft);
            }
        }
        for (var invariant : invariants) {
            invariant.violation(up).ifPresent(violation -> {
                throw new AssertionError(invariant.name() + ": " + violation);
            });
        }
    }

    /** A replica made from the journal as it stands holds the same durable state as the one that lives. */
    void checkShadow(Node node) {
        var shadow = node.context.replayed(context -> new Raft(config, context)).durable();
        var living = node.raft.durable();
        long first = Math.max(living.machine().applied(), shadow.machine().applied());
        if (shadow.term() != living.term()
                || !Objects.equals(shadow.vote(), living.vote())
                || shadow.log().lastIndex() != living.log().lastIndex()
                || !shadow.log()
                        .slice(first + 1, Integer.MAX_VALUE, Long.MAX_VALUE / 2)
                        .equals(living.log().slice(first + 1, Integer.MAX_VALUE, Long.MAX_VALUE / 2))) {
            throw new AssertionError("the journal of " + node.id + " does not make the state that it stands for");
        }
    }
}
