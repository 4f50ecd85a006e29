package dcluster.host;

import dcluster.spi.NodeId;
import dcluster.spi.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Commands on their way to the node that serves them: one hop, at most once. What was sent and not answered when its
 * connection broke has an unknown outcome.
 */
final class Forwarding<M> {
    /** The last forward seen of a peer: its sequence grows, so what is not above the last was seen, or overtaken. */
    private record Seen(long incarnation, long sequence) {}

    private final Transport<M> transport;
    private final RequestTable requests;
    private final Map<Long, NodeId> sent = new LinkedHashMap<>();
    private final Map<NodeId, Seen> seen = new HashMap<>();
    private long sequence;

    Forwarding(Transport<M> transport, RequestTable requests) {
        this.transport = transport;
        this.requests = requests;
    }

    /** Sends an open request on; it stays open until its answer comes, its connection breaks or its time is up. */
    void forward(RequestTable.Open open, NodeId to, long incarnation) {
        var request = open.request();
        if (sent.containsKey(request.id())) {
            return;
        }
        if (!transport.send(to, new Envelope.Forward<>(incarnation, ++sequence, request.id(), request.command()))) {
            requests.answer(
                    request.id(),
                    new Response.Failed(
                            Response.Reason.UNAVAILABLE, to + " serves this and cannot be reached; try again"));
            return;
        }
        sent.put(request.id(), to);
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

    /** Whether a forward is to be served: not one that came before. */
    boolean accept(NodeId from, Envelope.Forward<M> forward) {
        var last = seen.get(from);
        boolean stale = last != null
                && (forward.incarnation() < last.incarnation
                        || (forward.incarnation() == last.incarnation && forward.sequence() <= last.sequence));
        if (!stale) {
            seen.put(from, new Seen(forward.incarnation(), forward.sequence()));
        }
        return !stale;
    }
}
