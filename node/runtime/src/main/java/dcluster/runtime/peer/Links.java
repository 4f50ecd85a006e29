package dcluster.runtime.peer;

import dcluster.host.Transport;

/**
 * Where faults between nodes come in: what stands between a node and its transport, in either direction. A partition,
 * of one way or of both, drops; a delay keeps envelopes and hands them on by a timer of the loop (followed by a flush,
 * or by an empty one if the peer was lost meanwhile); duplication hands them on twice, reordering in another order;
 * each may look at sender, receiver and the type of the message. Connections stay up under all of these, as with
 * packets that get lost.
 *
 * <p>Asked once, when a node is put together; {@link #untouched} hands back what it was given, so a node without faults
 * has no code of them in its path.
 */
public interface Links<M> {
    /** What the node is to send through. The result of {@code send} stays true for what a fault swallows. */
    Transport<M> outgoing(Transport<M> onward);

    /** What the transport is to report to. Only {@code received} may be tampered with. */
    PeerListener<M> incoming(PeerListener<M> onward);

    /** No faults. */
    static <M> Links<M> untouched() {
        return new Links<>() {
            @Override
            public Transport<M> outgoing(Transport<M> onward) {
                return onward;
            }

            @Override
            public PeerListener<M> incoming(PeerListener<M> onward) {
                return onward;
            }
        };
    }
}
