package dcluster.runtime.peer;

import dcluster.host.Envelope;
import dcluster.spi.NodeId;

/**
 * Hears what happens with the peers of a node, on its loop. For each peer the calls come as: {@code connected}, any
 * number of {@code received}, {@code lost}, and so on from the beginning. What a listener throws reaches the top of the
 * loop.
 */
public interface PeerListener<M> {
    /** Both directions are open now, with that incarnation of the peer (1 is its first start). */
    void connected(NodeId peer, long incarnation);

    /** An envelope came, in the order of its sending. */
    void received(NodeId from, Envelope<M> envelope);

    /**
     * The connections broke. What was sent since {@code connected} and not answered may have arrived or not; what comes
     * from now on belongs to a new connection.
     */
    void lost(NodeId peer);
}
