package dcluster.toolkit;

import dcluster.spi.Command.Operation;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands leadership over to another node by an operator's order (Raft thesis, section 3.10). The leader takes no new commands
 * meanwhile, lets those that are under way end, and tells the other node to stand at once, without waiting for a timeout.
 * What comes meanwhile is kept: it is redirected once leadership has moved, and served if it does not move in time. One for
 * each time of leading. Not thread-safe.
 *
 * <pre>
 *            order                all under way has ended,             a higher term or ballot
 *   leads ----------&gt; under way ------------------------&gt; told ---------------------------&gt; end()
 *     ^                                                     |
 *     +-----------------------------------------------------+
 *                        its patience has passed
 * </pre>
 *
 * @param <T> the timers of the algorithm
 */
public final class Handover<T> {
    /** Who could take over, as the leader knows. */
    public interface Successors {
        /** The node to hand over to if the order names none; empty if there is none. */
        Optional<NodeId> best();

        /** Why that other node could not take over now, or nobody could, for people; empty if it could. */
        Optional<String> obstacle(NodeId next);
    }

    /** The name of the operation. */
    public static final String TRANSFER = "transfer";

    private final Context<?, ?, T> context;
    private final T timer;
    private final Duration patience;
    private final int most;

    // Of the order that is being carried out; null if there is none.
    private @Nullable Request order;
    private @Nullable NodeId to;
    private boolean told;
    private final List<Request> kept = new ArrayList<>();

    /**
     * Nothing is ordered yet.
     *
     * @param timer this object's alone; its algorithm passes it on to {@link #onTimer}
     * @param patience how long the other node may take
     * @param most how many requests may be kept; those beyond are refused
     */
    public Handover(Context<?, ?, T> context, T timer, Duration patience, int most) {
        this.context = context;
        this.timer = timer;
        this.patience = patience;
        this.most = most;
    }

    /** What an algorithm that offers it says of it, for {@link dcluster.spi.Traits#operations}. */
    public static SortedMap<String, String> operations() {
        return new TreeMap<>(Map.of(
                TRANSFER,
                "Asks a leader to hand its leadership over, to the node that is named or to one that is up to date."
                        + " Arguments: a node, or none."));
    }

    /** The answer to an order that a node gets that does not lead. */
    public static Response notLeading(Optional<NodeId> leader) {
        return refusal("this node does not lead"
                + leader.map(node -> "; " + node + " does").orElse(", and knows nobody who does"));
    }

    private static Response refusal(String why) {
        return new Response.Failed(Reason.UNAVAILABLE, why);
    }

    /** Takes a request if it is an order, or must be kept; returns whether it did. */
    public boolean takes(Request request, Successors successors) {
        if (request.command() instanceof Operation operation) {
            refusalOf(operation, successors)
                    .ifPresentOrElse(why -> context.reply(request, refusal(why)), () -> begin(request));
            return true;
        }
        if (order == null) {
            return false;
        }
        keep(request);
        return true;
    }

    /** Why an order cannot be carried out; if it can, this object knows to whom from now on. */
    private Optional<String> refusalOf(Operation operation, Successors successors) {
        if (to != null) {
            return Optional.of("leadership is on its way to " + to + " already");
        }
        var nodes = context.members().ids();
        var named = operation.arguments();
        var wanted = named.isEmpty()
                ? successors.best()
                : nodes.stream()
                        .filter(node -> named.equals(List.of(node.name())))
                        .findFirst();
        if (wanted.isEmpty()) {
            return Optional.of(
                    named.isEmpty()
                            ? "there is no other node to lead"
                            : "leadership is handed to one of " + nodes + ", not to " + String.join(" ", named));
        }
        if (wanted.get().equals(context.self())) {
            return Optional.of(context.self() + " leads already");
        }
        var obstacle = successors.obstacle(wanted.get());
        to = obstacle.isEmpty() ? wanted.get() : null;
        return obstacle;
    }

    private void begin(Request request) {
        order = request;
        told = false;
        context.note("hands over", "to", String.valueOf(to));
        context.startTimer(timer, patience);
    }

    private void keep(Request request) {
        if (kept.size() >= most) {
            context.reply(request, Requests.overloaded());
        } else {
            kept.add(request);
        }
    }

    /** Who is to be told to stand as soon as all that is under way has ended; empty if nobody is, or was told. */
    public Optional<NodeId> waiting() {
        return told ? Optional.empty() : Optional.ofNullable(to);
    }

    /** The other node is told to stand. */
    public void tell() {
        told = true;
    }

    /** The other node did not take over in time: what was kept is served by {@code serve}. */
    public void onTimer(Consumer<Request> serve) {
        var ended = order;
        if (ended == null) {
            return;
        }
        context.note("goes on leading", "to", String.valueOf(to), "told", told);
        context.reply(
                ended,
                told ? mayYet(to) : refusal(to + " did not catch up in time; " + context.self() + " goes on leading"));
        order = null;
        to = null;
        var requests = List.copyOf(kept);
        kept.clear();
        requests.forEach(serve);
    }

    private static Response mayYet(@Nullable NodeId next) {
        return new Response.Unknown(next + " was told to take over, and did not in time; it may yet");
    }

    /**
     * This node leads no more. Nothing of what was kept was done: it is for the other node now, if that was told to stand
     * and another one begins to lead; else it is refused.
     */
    public void end(Response refusal, boolean isDeposed) {
        var ended = order;
        var next = to;
        if (ended == null || next == null) {
            return;
        }
        context.stopTimer(timer);
        context.reply(ended, told ? told(next, isDeposed) : lost(next));
        kept.forEach(request -> context.reply(request, told && isDeposed ? new Response.Redirect(next) : refusal));
    }

    private static Response told(NodeId next, boolean isDeposed) {
        return isDeposed ? new Response.Ok(new Result.Applied(true)) : mayYet(next);
    }

    private Response lost(NodeId next) {
        return refusal(context.self() + " lost its leadership before " + next + " could take over");
    }

    /** How many requests are kept. */
    public int keptCount() {
        return kept.size();
    }
}
