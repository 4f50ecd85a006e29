package dcluster.host;

import dcluster.spi.NodeId;

/** Carries envelopes to other nodes: TCP in a process, a simulated network in a simulation. Used on the loop only. */
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
