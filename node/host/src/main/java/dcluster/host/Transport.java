package dcluster.host;

import dcluster.spi.NodeId;

/**
 * Carries envelopes to other nodes: TCP in a process, a simulated network in a simulation. Used on the loop only.
 *
 * <p>Messages of algorithms may be lost, repeated, late and overtaken, and may reach a later process of their receiver.
 * Forwards and answers may, too, but for the last: what was sent to one process never reaches the next, for a connection
 * ends with either of its ends. A host remembers in memory alone which forwards it has taken.
 */
public interface Transport<M> {
    /**
     * Hands an envelope over; it leaves with {@link #flush} at the latest. Never blocks.
     *
     * @return false if it certainly will not arrive: there is no connection, or its bounded outbox is full
     */
    boolean send(NodeId to, Envelope<M> envelope);

    /** The turn is over: whatever was handed over goes out now, in one write a peer. */
    void flush();
}
