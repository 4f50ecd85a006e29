package dcluster.toolkit.testing;

import dcluster.spi.Algorithm;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Invariant;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Recording contexts of all members in one virtual time, in which every message and every sync takes as long as the test
 * says: so that latencies can be told, and are the same each time. After each event the invariants are checked over all that
 * are up. A sync makes durable what was journalled when it began, and the next begins when it has ended.
 */
public final class TimedCluster<M, R, T, A extends Algorithm<M, R, T>> {
    /** How long things take; asked anew each time. */
    public interface Delays {
        Duration message(NodeId from, NodeId to);

        Duration sync(NodeId node);

        /** The same for all links, and for all disks. */
        static Delays of(Duration message, Duration sync) {
            return new Delays() {
                @Override
                public Duration message(NodeId from, NodeId to) {
                    return message;
                }

                @Override
                public Duration sync(NodeId node) {
                    return sync;
                }
            };
        }
    }

    /** What an algorithm told people, and when. */
    public record Told(Duration at, NodeId node, String event) {}

    /** A request at the node that it was asked of. */
    public record Asked(NodeId node, Request request, Duration at) {}

    private record Answer(Duration at, Response response) {}

    private record Call(NodeId node, long request) {}

    private record Event(long nanos, long order, NodeId node, long life, Runnable action) {}

    private static final class Node<M, R, T, A> {
        final RecordingContext<M, R, T> context;
        A replica;
        long nowNanos;
        boolean up = true;
        boolean syncs;
        long life;

        Node(RecordingContext<M, R, T> context, A replica) {
            this.context = context;
            this.replica = replica;
        }
    }

    private final Function<Context<M, R, T>, A> make;
    private final List<Invariant> invariants;
    private final Map<NodeId, Node<M, R, T, A>> nodes = new LinkedHashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::order));
    private final Map<Call, Answer> answers = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private Delays delays;
    private BiPredicate<NodeId, NodeId> passes = (from, to) -> true;
    private long nowNanos;
    private long scheduled;
    private long messages;

    /** All start at once. */
    public TimedCluster(
            Membership members,
            Function<Context<M, R, T>, A> make,
            List<Invariant> invariants,
            Delays delays,
            long seed) {
        this.make = make;
        this.invariants = List.copyOf(invariants);
        this.delays = delays;
        for (var id : members.ids()) {
            var context = new RecordingContext<M, R, T>(id, members, seed * 100 + nodes.size());
            nodes.put(id, new Node<>(context, make.apply(context)));
        }
        nodes.forEach((id, node) -> {
            node.context.attach(node.replica);
            after(id, node);
        });
    }

    public List<NodeId> nodes() {
        return List.copyOf(nodes.keySet());
    }

    public A replica(NodeId id) {
        return node(id).replica;
    }

    public boolean isUp(NodeId id) {
        return node(id).up;
    }

    public Duration now() {
        return Duration.ofNanos(nowNanos);
    }

    /** What was told so far, in its order. */
    public List<Told> told() {
        return List.copyOf(told);
    }

    /** How many messages left for other nodes. */
    public long messages() {
        return messages;
    }

    /** How many records were journalled, of all nodes. */
    public int records() {
        return nodes.values().stream()
                .mapToInt(node -> node.context.records().size())
                .sum();
    }

    private Node<M, R, T, A> node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id), "no such node");
    }

    // Events

    /** From now on things take so long; what is on its way already arrives when it would have. */
    public void delay(Delays next) {
        delays = next;
    }

    /** From now on a message is lost when it leaves, unless this holds of its sender and its receiver. */
    public void onlyIf(BiPredicate<NodeId, NodeId> condition) {
        passes = condition;
    }

    /** From now on none is lost. */
    public void heal() {
        passes = (from, to) -> true;
    }

    public Asked request(NodeId id, Command command) {
        var request = node(id).context.request(command);
        var asked = new Asked(id, request, now());
        after(id, node(id));
        return asked;
    }

    /** Several requests in one turn. */
    public void together(NodeId id, List<Command> commands) {
        var node = node(id);
        long number = 1_000_000;
        for (var command : commands) {
            node.replica.onRequest(new Request(++number, command));
        }
        node.replica.endTurn();
        after(id, node);
    }

    /** How long a request has waited for its answer; as long as it waits already if there is none. */
    public Duration latency(Asked asked) {
        var answer = answers.get(new Call(asked.node(), asked.request().id()));
        return (answer == null ? now() : answer.at()).minus(asked.at());
    }

    /** Whether that was done, and its answer has left. */
    public boolean isDone(Asked asked) {
        var answer = answers.get(new Call(asked.node(), asked.request().id()));
        return answer != null && answer.response() instanceof Response.Ok;
    }

    /** The process dies, with what was not durable; messages to it are lost. */
    public void crash(NodeId id) {
        node(id).up = false;
        node(id).life++;
    }

    public void restart(NodeId id) {
        var node = node(id);
        node.up = true;
        node.syncs = false;
        node.replica = node.context.crashAndRestart(make);
        after(id, node);
    }

    /** The process dies, its folder is emptied, and a new one starts as a wiped node's. */
    public void wipe(NodeId id) {
        var node = node(id);
        node.life++;
        node.syncs = false;
        node.replica = node.context.wipeAndRestart(make);
        after(id, node);
    }

    // Time

    /** Lets so much time pass. */
    public void run(Duration duration) {
        runUntil(() -> false, duration);
    }

    /** Lets time pass until something holds, or so much has passed. Returns whether it holds. */
    public boolean runUntil(BooleanSupplier condition, Duration most) {
        long end = nowNanos + most.toNanos();
        while (!condition.getAsBoolean()) {
            long next = nextNanos();
            if (next > end) {
                moveTo(end);
                return condition.getAsBoolean();
            }
            moveTo(next);
            while (!events.isEmpty() && events.element().nanos() <= nowNanos) {
                happen(events.remove());
            }
        }
        return true;
    }

    private long nextNanos() {
        long next = events.isEmpty() ? Long.MAX_VALUE : events.element().nanos();
        for (var node : nodes.values()) {
            if (node.up) {
                for (var remaining : node.context.timers().values()) {
                    next = Math.min(next, node.nowNanos + remaining.toNanos());
                }
            }
        }
        return Math.max(next, nowNanos);
    }

    /** All clocks move, and what runs out by then does. */
    private void moveTo(long nanos) {
        nowNanos = nanos;
        nodes.forEach((id, node) -> {
            if (node.up) {
                node.context.advance(Duration.ofNanos(nanos - node.nowNanos));
                node.nowNanos = nanos;
                after(id, node);
            }
        });
    }

    private void happen(Event event) {
        var node = node(event.node());
        if (node.up && event.life() == node.life) {
            event.action().run();
            after(event.node(), node);
        }
    }

    private void schedule(NodeId id, Duration delay, Runnable action) {
        events.add(new Event(nowNanos + delay.toNanos(), ++scheduled, id, node(id).life, action));
    }

    private void after(NodeId id, Node<M, R, T, A> node) {
        var context = node.context;
        for (var sent : context.sent()) {
            messages++;
            if (passes.test(id, sent.to())) {
                var to = node(sent.to());
                schedule(sent.to(), delays.message(id, sent.to()), () -> to.context.receive(id, sent.message()));
            }
        }
        for (var reply : context.replies()) {
            answers.put(new Call(id, reply.request().id()), new Answer(now(), reply.response()));
        }
        context.notes().forEach(note -> told.add(new Told(now(), id, note.event())));
        context.clear();
        if (!context.toSelf().isEmpty()) {
            schedule(id, Duration.ZERO, context::receiveOwn);
        }
        sync(id, node);
        check();
    }

    private void sync(NodeId id, Node<M, R, T, A> node) {
        int records = node.context.records().size();
        if (!node.syncs && records > node.context.durableCount()) {
            node.syncs = true;
            schedule(id, delays.sync(id), () -> {
                node.syncs = false;
                node.context.durable(records);
            });
        }
    }

    private void check() {
        List<Algorithm<?, ?, ?>> up = new ArrayList<>();
        nodes.values().stream().filter(node -> node.up).forEach(node -> up.add(node.replica));
        for (var invariant : invariants) {
            invariant.violation(up).ifPresent(violation -> {
                throw new AssertionError(invariant.name() + ": " + violation);
            });
        }
    }
}
