package dcluster.toolkit.testing;

import dcluster.spi.Algorithm;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Invariant;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Replicas on recording contexts, and the messages between them, which wait until a script delivers them. Nothing happens
 * by itself, and all that happens is written down. After each event the invariants are checked over all that are up.
 */
public final class Stage<M, R, T, A extends Algorithm<M, R, T>> {
    /** A message on its way. */
    public record Flight<M>(long number, NodeId from, NodeId to, M message) {}

    private record Link(NodeId from, NodeId to) {}

    /** One member: its folder, clock and timers outlive its process. */
    private static final class Node<M, R, T, A> {
        final RecordingContext<M, R, T> context;
        final Map<Long, String> asked = new HashMap<>();
        A replica;
        boolean up;
        List<R> shown = List.of();

        Node(RecordingContext<M, R, T> context, A replica) {
            this.context = context;
            this.replica = replica;
        }
    }

    private final Function<Context<M, R, T>, A> make;
    private final List<Invariant> invariants;
    private final Transcript out;
    private final Map<NodeId, Node<M, R, T, A>> nodes = new LinkedHashMap<>();
    private final List<Flight<M>> flights = new ArrayList<>();
    private final Set<Link> cut = new HashSet<>();
    private long flightCount;

    public Stage(Function<Context<M, R, T>, A> make, List<Invariant> invariants, Transcript out) {
        this.make = make;
        this.invariants = List.copyOf(invariants);
        this.out = out;
    }

    /**
     * Starts a cluster of these members. Those that are there already die, their messages with them, and start on what was
     * durable.
     */
    public void start(Membership members) {
        flights.clear();
        nodes.values().forEach(node -> node.up = false);
        var before = Set.copyOf(nodes.keySet());
        for (var id : members.ids()) {
            if (before.contains(id)) {
                at(id).members(members);
            } else {
                var context = new RecordingContext<M, R, T>(id, members, nodes.size() + 1);
                nodes.put(id, new Node<>(context, make.apply(context)));
            }
        }
        for (var id : members.ids()) {
            var node = node(id);
            node.replica = before.contains(id) ? node.context.crashAndRestart(make) : node.context.attach(node.replica);
            node.up = true;
            after(id);
        }
    }

    public List<NodeId> nodes() {
        return List.copyOf(nodes.keySet());
    }

    public boolean isUp(NodeId id) {
        return node(id).up;
    }

    public RecordingContext<M, R, T> at(NodeId id) {
        return node(id).context;
    }

    public A replica(NodeId id) {
        return node(id).replica;
    }

    /** Writes something that a script wants to know. */
    public void write(String line) {
        out.write(line);
    }

    /** How often something has happened at a node or was written, so far. */
    public int traces(NodeId id) {
        var context = at(id);
        return out.length() + context.held() + context.records().size();
    }

    private Node<M, R, T, A> node(NodeId id) {
        var node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return node;
    }

    // Events

    /** A client asks, in these words. */
    void request(NodeId id, Command command, String words) {
        requireUp(id);
        var request = at(id).request(command);
        node(id).asked.put(request.id(), words);
        after(id);
    }

    /** All that a node journalled becomes durable, and what waited for it goes out. */
    void durable(NodeId id) {
        requireUp(id);
        at(id).durable();
        after(id);
    }

    /** A part of it. */
    void durable(NodeId id, int records) {
        requireUp(id);
        at(id).durable(at(id).durableCount() + records);
        after(id);
    }

    /** A node's clocks move. */
    public void advance(NodeId id, Duration duration) {
        requireUp(id);
        at(id).advance(duration);
        after(id);
    }

    private void requireUp(NodeId id) {
        if (!isUp(id)) {
            throw new IllegalArgumentException(id + " is down");
        }
    }

    List<Flight<M>> flights() {
        return List.copyOf(flights);
    }

    /** A message arrives in a turn of its own, unless its way is cut or nobody is there. */
    void deliver(Flight<M> flight) {
        if (cut.contains(new Link(flight.from(), flight.to())) || !isUp(flight.to())) {
            drop(flight);
            return;
        }
        flights.remove(flight);
        at(flight.to()).receive(flight.from(), flight.message());
        after(flight.to());
    }

    void drop(Flight<M> flight) {
        out.write("lost: " + flight.from() + " to " + flight.to() + " " + out.text(flight.message()));
        flights.remove(flight);
    }

    /** The network repeats a message. */
    void repeat(Flight<M> flight) {
        flights.add(new Flight<>(++flightCount, flight.from(), flight.to(), flight.message()));
    }

    void cut(NodeId one, NodeId other) {
        cut.add(new Link(one, other));
        cut.add(new Link(other, one));
    }

    void heal() {
        cut.clear();
    }

    /** The process dies; what became durable beyond what was synced is decided when it comes back. */
    void crash(NodeId id) {
        requireUp(id);
        int lost = at(id).records().size() - at(id).durableCount();
        out.write(id + " dies, " + lost + " records not durable");
        node(id).up = false;
    }

    /** The process dies, and the node comes back as one that was wiped. */
    void wipe(NodeId id) {
        var node = node(id);
        out.write(id + " loses all " + node.context.records().size() + " records");
        node.replica = node.context.wipeAndRestart(make);
        node.up = true;
        node.shown = List.of();
        after(id);
    }

    void restart(NodeId id, int survivors) {
        var node = node(id);
        node.replica = node.context.crashAndRestart(make, survivors);
        node.up = true;
        after(id);
        out.write(id + " starts with " + node.context.records().size() + " records");
        node.shown = node.context.records();
    }

    /** Whether no message travels and no disk has anything to do. */
    boolean isQuiet() {
        return flights.isEmpty()
                && nodes.values().stream()
                        .filter(node -> node.up)
                        .allMatch(node -> node.context.toSelf().isEmpty()
                                && node.context.durableCount()
                                        == node.context.records().size());
    }

    // Writing

    private void after(NodeId id) {
        var node = node(id);
        var context = node.context;
        context.notes().forEach(note -> out.write(id + " " + note.event(), note.details()));
        for (var sent : context.sent()) {
            showRecords(id);
            flights.add(new Flight<>(++flightCount, id, sent.to(), sent.message()));
            out.write(id + (sent.eager() ? " => " : " -> ") + sent.to() + " " + out.text(sent.message()));
        }
        for (var reply : context.replies()) {
            out.write(id + " answers '" + node.asked.get(reply.request().id()) + "': " + out.text(reply.response())
                    + (reply.eager() ? " (eagerly)" : ""));
        }
        context.clear();
        checkInvariants();
    }

    /** Writes what a node has journalled since the last time. */
    void showRecords(NodeId id) {
        var node = node(id);
        var records = node.context.records();
        int common = 0;
        while (common < Math.min(node.shown.size(), records.size()) && node.shown.get(common) == records.get(common)) {
            common++;
        }
        if (common < node.shown.size()) {
            out.write(id + " has a new journal of " + records.size() + " records");
        } else {
            records.subList(common, records.size()).forEach(each -> out.write(id + " journals " + out.text(each)));
        }
        node.shown = records;
    }

    private void checkInvariants() {
        List<Algorithm<?, ?, ?>> up = new ArrayList<>();
        nodes.values().stream().filter(node -> node.up).forEach(node -> up.add(node.replica));
        for (var invariant : invariants) {
            invariant.violation(up).ifPresent(violation -> {
                throw new AssertionError(invariant.name() + ": " + violation);
            });
        }
    }
}
