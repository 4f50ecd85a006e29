package dcluster.host;

import dcluster.codec.ByteReader;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Status;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one client endpoint of a cluster: sends each command to a node and follows redirects. A command goes to another
 * node only after an answer that certainly did nothing: a redirect, or {@link Response.Reason#UNAVAILABLE}; an unknown
 * outcome is never asked again. For the coordinator of an algorithm that has no role of its own for it.
 */
public final class Router<M> implements Resident<M> {
    /** What a node was given so far. */
    public record Share(long commands, long redirects, long outstanding) {}

    private static final class Target {
        long commands;
        long redirects;
        long outstanding;
    }

    /** Where a command is: at {@code node} now, after {@code asked} attempts. */
    private record Trip(NodeId node, int asked) {}

    private final HostOptions options;
    private final Balance balance;
    private final List<NodeId> nodes;
    private final World<M> world;
    private final Turns turns;
    private final Wakeups wakeups;
    private final RequestTable requests = new RequestTable(Points.none());
    private final Map<Long, Trip> trips = new HashMap<>();
    private final Map<NodeId, Target> targets = new LinkedHashMap<>();
    private final Room room = new Room(this::hasRoom);
    private long incarnation;
    private @Nullable NodeId leader;
    private int turnOf;
    private long sequence;

    public Router(HostOptions options, Balance balance, Place<M> place) {
        this.options = options;
        this.balance = balance;
        nodes = place.members().ids();
        world = place.world();
        turns = new Turns(world.loop(), options.turnEvents(), this::turn);
        wakeups = new Wakeups(world.loop(), world.clocks(), turns::ask);
        nodes.forEach(node -> targets.put(node, new Target()));
    }

    @Override
    public void replay(ByteReader record) {
        throw record.malformed("a router journals nothing");
    }

    /** Its incarnation grows with each start, so that no node takes a new command for an old one. */
    @Override
    public void start(long durableIncarnation, boolean isWiped) {
        incarnation = durableIncarnation;
    }

    @Override
    public void submit(Command command, Consumer<Response> whenAnswered) {
        turns.add(() -> {
            if (command instanceof Command.Operation) {
                whenAnswered.accept(Outcomes.notFromHere(
                        "this coordinator only routes, and has no operations; ask a" + " node's admin port"));
                return;
            }
            long deadline = world.clocks().nowNanos() + options.requestTimeout().toNanos();
            var request = requests.open(command, whenAnswered, true, deadline);
            send(request.id(), command, choose(), 0);
        });
    }

    /** All but answers are for replicas, and ignored. */
    @Override
    public void receive(NodeId from, Envelope<M> envelope) {
        if (envelope instanceof Envelope.Answer<M> answer && answer.incarnation() == incarnation) {
            turns.add(() -> answered(from, answer.id(), answer.response()));
        }
    }

    @Override
    public void lost(NodeId node) {
        turns.add(() -> {
            if (node.equals(leader)) {
                leader = null;
            }
            var there = trips.entrySet().stream()
                    .filter(trip -> trip.getValue().node.equals(node))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            there.forEach(id -> giveUp(id, "the connection to " + node + " broke while it had the command"));
        });
    }

    @Override
    public void stop() {
        for (var open = requests.oldest(); open != null; open = requests.oldest()) {
            giveUp(open.request().id(), "the coordinator was stopped");
        }
    }

    private void turn() {
        turns.deliver();
        long now = world.clocks().nowNanos();
        for (var open = requests.overdue(now); open != null; open = requests.overdue(now)) {
            giveUp(
                    open.request().id(),
                    "no answer within " + options.requestTimeout().toMillis() + " ms");
        }
        world.transport().flush();
        if (turns.waiting() > 0) {
            turns.ask();
        }
        var oldest = requests.oldest();
        if (oldest != null) {
            wakeups.at(oldest.deadline());
        }
        room.open();
    }

    /** Sends to {@code first}, or to the next node that can be reached. */
    private void send(long id, Command command, NodeId first, int asked) {
        int start = nodes.indexOf(first);
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get((start + i) % nodes.size());
            if (world.transport().send(node, new Envelope.Forward<>(incarnation, ++sequence, id, command))) {
                trips.put(id, new Trip(node, asked + 1));
                target(node).commands++;
                target(node).outstanding++;
                return;
            }
        }
        requests.answer(
                id,
                new Response.Failed(Response.Reason.UNAVAILABLE, "no node of the cluster can be reached; try again"));
    }

    private void answered(NodeId from, long id, Response response) {
        var trip = trips.get(id);
        var open = requests.find(id);
        if (trip == null || open == null || !trip.node.equals(from)) {
            return;
        }
        leave(id);
        var next = elsewhere(from, response);
        if (next.isPresent() && trip.asked <= nodes.size()) {
            target(from).redirects++;
            send(id, open.request().command(), next.get(), trip.asked);
        } else {
            requests.answer(id, response instanceof Response.Redirect ? leaderless() : response);
        }
    }

    /** Whom to ask next after an answer that certainly did nothing. */
    private Optional<NodeId> elsewhere(NodeId from, Response response) {
        if (response instanceof Response.Redirect redirect && targets.containsKey(redirect.to())) {
            leader = redirect.to();
            return Optional.of(redirect.to());
        }
        if (response instanceof Response.Failed failed && failed.reason() == Response.Reason.UNAVAILABLE) {
            if (from.equals(leader)) {
                leader = null;
            }
            return Optional.of(nodes.get((nodes.indexOf(from) + 1) % nodes.size()));
        }
        return Optional.empty();
    }

    private static Response leaderless() {
        return new Response.Failed(
                Response.Reason.UNAVAILABLE, "the nodes point at each other: no leader is settled; try again");
    }

    private void giveUp(long id, String why) {
        leave(id);
        var open = requests.find(id);
        if (open != null) {
            requests.answer(id, Outcomes.unanswered(open.request().command(), why));
        }
    }

    private void leave(long id) {
        var trip = trips.remove(id);
        if (trip != null) {
            target(trip.node).outstanding--;
        }
    }

    private NodeId choose() {
        if (balance == Balance.LEADER && leader != null) {
            return leader;
        }
        if (balance == Balance.LEAST_OUTSTANDING) {
            return nodes.stream()
                    .min((a, b) -> Long.compare(target(a).outstanding, target(b).outstanding))
                    .orElseThrow();
        }
        turnOf = (turnOf + 1) % nodes.size();
        return nodes.get(turnOf);
    }

    private Target target(NodeId node) {
        return Objects.requireNonNull(targets.get(node));
    }

    /** How the load was spread so far, by node. */
    public Map<NodeId, Share> shares() {
        var shares = new LinkedHashMap<NodeId, Share>();
        targets.forEach(
                (node, target) -> shares.put(node, new Share(target.commands, target.redirects, target.outstanding)));
        return shares;
    }

    @Override
    public boolean isFull() {
        return turns.waiting() >= options.turnEvents();
    }

    /** Its leader is the one that the last redirect named; its details say how the load was spread. */
    @Override
    public Status status() {
        var details = new LinkedHashMap<String, Object>();
        details.put("balance", balance.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        shares().forEach((node, share) -> {
            details.put(node + "-commands", share.commands());
            details.put(node + "-redirects", share.redirects());
            details.put(node + "-outstanding", share.outstanding());
        });
        return new Status("router", Optional.ofNullable(leader), 0, 0, details);
    }

    /** None: there is no protocol whose moments could be named. */
    @Override
    public Optional<Points> points() {
        return Optional.empty();
    }

    /** None: operators ask nodes. */
    @Override
    public SortedMap<String, String> operations() {
        return Collections.emptySortedMap();
    }

    @Override
    public Map<String, Figure> figures() {
        var figures = new LinkedHashMap<String, Figure>();
        figures.put(
                "requests",
                new Figure.Count(
                        "Commands of clients that were sent to nodes, once more each time that one was redirected.",
                        () -> shares().values().stream()
                                .mapToLong(Share::commands)
                                .sum()));
        figures.put(
                "redirects",
                new Figure.Count(
                        "Answers of nodes that named another node instead.",
                        () -> shares().values().stream()
                                .mapToLong(Share::redirects)
                                .sum()));
        return figures;
    }

    @Override
    public boolean hasRoom() {
        return requests.bytes() < options.requestBytes();
    }

    @Override
    public void whenRoom(Runnable task) {
        room.await(task);
        turns.ask();
    }

    /** No: a command that is asked again at another node could overtake a later one. */
    @Override
    public boolean ordersWrites() {
        return false;
    }
}
