package dcluster.host;

import dcluster.spi.NodeId;
import dcluster.spi.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Commands on their way to the node that serves them: one hop, at most once. What was sent and not answered when its
 * connection broke has an unknown outcome.
 *
 * <p><b>Order.</b> Where the algorithm {@linkplain dcluster.spi.Traits.Property#ORDERS_WRITES orders writes}, those that
 * a client pipelines take effect in their order, or end as unknown or failed. On the way to one node that is easy: a
 * connection keeps the order, and {@link #accept} refuses what comes behind its successor. Between two nodes it is not: a
 * write may still be on its way to an old leader while the next one goes to the new leader; should the old one lead once
 * more, the first would take effect after the second. Nobody can call it back, and to let the second wait for the answer
 * to the first would let clients wait for a node that may be dead. Hence one rule:
 *
 * <p><i>All writes of this node that are out and unanswered are at one place. Before a write goes to another place, be
 * it another node or this node's own replica, those that are out end as unknown.</i>
 *
 * <p>So no write goes anywhere while an earlier one, of which the client may still hear a success, is out elsewhere.
 * What was given up can take effect at any time, or never: just that is what its client was told before the later write
 * was sent, and an answer that comes after all is ignored. The rule does not ask which client a write is of: the place
 * changes when the leader does, and most of what is out at that moment would have ended as unknown anyway.
 *
 * <p>Where the algorithm does not order writes, a gateway hands a write over only when all earlier ones of its connection
 * that share a key with it are answered, and nothing is promised of others. The rule is not needed there, and would do
 * harm: where each key has a node of its own, writes are out everywhere at any time. Nor is anything refused for its
 * successor's sake, should a network let that overtake it; which of the latest forwards of a peer have come is then known
 * one by one, by a {@link SequenceWindow}.
 *
 * <p>Writes that this node's replica has taken are not given up when a later one is redirected; they are its
 * algorithm's to answer and to order. And a redirect may have waited for the disk while later writes went their way: it
 * is not followed any more, and its write has certainly failed.
 */
final class Forwarding<M> {
    /** How a forward of a peer compares with what came of that peer before. */
    enum Arrival {
        /** To be served. */
        NEW,
        /** It came before, or too much that was sent after it did: anything where writes are ordered. */
        REPEATED,
        /** Its sender has ended, and a later incarnation has sent since. */
        OUTLIVED
    }

    /** How much later a forward may come than its successors where writes are not ordered. */
    private static final int LATE_FORWARDS = 1024;

    /** What came of an incarnation of a peer. */
    private record Seen(long incarnation, SequenceWindow sequences) {}

    private final Transport<M> transport;
    private final RequestTable requests;
    private final HostFigures figures;
    private final boolean ordersWrites;
    private final Map<Long, NodeId> sent = new LinkedHashMap<>();
    private final Map<NodeId, Seen> seen = new HashMap<>();
    private long sequence;

    /** Where the latest write went; null if that is here. */
    private @Nullable NodeId place;

    /** The latest write that went anywhere. */
    private long placed;

    /** {@code ordersWrites}: whether the algorithm does. */
    Forwarding(Transport<M> transport, RequestTable requests, HostFigures figures, boolean ordersWrites) {
        this.ordersWrites = ordersWrites;
        this.transport = transport;
        this.requests = requests;
        this.figures = figures;
    }

    /** Sends an open request on; it stays open until its answer comes, its connection breaks or its time is up. */
    void forward(RequestTable.Open open, NodeId to, long incarnation) {
        var request = open.request();
        if (sent.containsKey(request.id())) {
            return;
        }
        boolean writes = !request.command().isRead();
        if (writes && request.id() < placed) {
            fail(request.id(), "a later write went ahead while the leader changed; try again");
            return;
        }
        if (!transport.send(to, new Envelope.Forward<>(incarnation, ++sequence, request.id(), request.command()))) {
            fail(request.id(), to + " serves this and cannot be reached; try again");
            return;
        }
        figures.forwarded++;
        if (writes) {
            place(request.id(), to);
        }
        sent.put(request.id(), to);
    }

    private void fail(long id, String why) {
        requests.answer(id, new Response.Failed(Response.Reason.UNAVAILABLE, why));
    }

    /** A client's write was not redirected: this node's replica has it. */
    void keptHere(long id) {
        place(id, null);
    }

    private void place(long id, @Nullable NodeId to) {
        if (!ordersWrites) {
            return;
        }
        placed = id;
        if (Objects.equals(place, to)) {
            return;
        }
        place = to;
        for (long out : List.copyOf(sent.keySet())) {
            var open = requests.find(out);
            if (open != null && !open.request().command().isRead()) {
                figures.forwardsGivenUp++;
                lose(out, "the leader changed while " + sent.get(out) + " had the command");
            }
        }
    }

    /**
     * The answer to a forward of this incarnation came. A further redirect is not followed: it claims that nothing was
     * done.
     */
    void answered(NodeId from, long id, Response response) {
        if (!sent.remove(id, from)) {
            return;
        }
        requests.answer(
                id,
                response instanceof Response.Redirect redirect
                        ? new Response.Failed(
                                Response.Reason.UNAVAILABLE,
                                from + " does not serve this any more, " + redirect.to() + " may; try again")
                        : response);
    }

    /** A request was answered, however: it is no longer awaited. */
    void forget(long id) {
        sent.remove(id);
    }

    /** The connection to a peer broke. */
    void lost(NodeId peer) {
        var lost = sent.entrySet().stream()
                .filter(entry -> entry.getValue().equals(peer))
                .map(Map.Entry::getKey)
                .toList();
        lost.forEach(id -> lose(id, "the connection to " + peer + " broke while it had the command"));
    }

    private void lose(long id, String why) {
        sent.remove(id);
        var open = requests.find(id);
        if (open != null) {
            requests.answer(id, Outcomes.unanswered(open.request().command(), why));
        }
    }

    /** Looks at a forward of a peer; each is {@code NEW} once at most. */
    Arrival accept(NodeId from, Envelope.Forward<M> forward) {
        var last = seen.get(from);
        if (last != null && forward.incarnation() < last.incarnation) {
            figures.forwardsOutlived++;
            return Arrival.OUTLIVED;
        }
        if (last == null || forward.incarnation() > last.incarnation) {
            last = new Seen(forward.incarnation(), new SequenceWindow(ordersWrites ? 1 : LATE_FORWARDS));
            seen.put(from, last);
        }
        if (!last.sequences.admits(forward.sequence())) {
            figures.forwardsRepeated++;
            return Arrival.REPEATED;
        }
        return Arrival.NEW;
    }
}
