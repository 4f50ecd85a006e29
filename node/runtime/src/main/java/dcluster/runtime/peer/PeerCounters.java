package dcluster.runtime.peer;

import dcluster.runtime.admin.Metrics;

/** What the transport did since the start of the process. Written on the loop. */
final class PeerCounters {
    // Sent
    long envelopesSent;
    long bytesSent;
    long writes;
    long droppedUnreachable;
    long droppedFull;

    // Received
    long envelopesReceived;
    long bytesReceived;
    long reads;
    long malformed;

    // Connections
    long dials;
    long connected;
    long lost;
    long refusedByUs;
    long refusedByPeers;
    long handshakesDropped;

    void register(Metrics metrics) {
        metrics.counter(
                "dcluster_peer_envelopes_sent_total",
                "Messages, forwards and answers handed to the connections to peers.",
                () -> envelopesSent);
        metrics.counter("dcluster_peer_sent_bytes_total", "Bytes written to peers' sockets.", () -> bytesSent);
        metrics.counter(
                "dcluster_peer_writes_total",
                "Writes to peers' sockets, at most one a turn and peer; what was sent divided by these is how much shared one.",
                () -> writes);
        String dropped = "Messages, forwards and answers to peers that were dropped.";
        metrics.counter("dcluster_peer_dropped_total", dropped, () -> droppedUnreachable, "because", "not connected");
        metrics.counter("dcluster_peer_dropped_total", dropped, () -> droppedFull, "because", "outbox full");

        metrics.counter(
                "dcluster_peer_envelopes_received_total",
                "Messages, forwards and answers received from peers.",
                () -> envelopesReceived);
        metrics.counter("dcluster_peer_received_bytes_total", "Bytes read from peers' sockets.", () -> bytesReceived);
        metrics.counter("dcluster_peer_reads_total", "Chunks read from peers' sockets.", () -> reads);
        metrics.counter(
                "dcluster_peer_malformed_total",
                "Connections of peers that were closed because of what came on them.",
                () -> malformed);

        metrics.counter("dcluster_peer_dials_total", "Attempts to connect to a peer.", () -> dials);
        metrics.counter(
                "dcluster_peer_connected_total",
                "Times that a peer became connected in both directions.",
                () -> connected);
        metrics.counter("dcluster_peer_lost_total", "Times that a connected peer was lost.", () -> lost);
        String refused = "Handshakes with peers that were refused.";
        metrics.counter("dcluster_peer_refused_total", refused, () -> refusedByUs, "by", "this node");
        metrics.counter("dcluster_peer_refused_total", refused, () -> refusedByPeers, "by", "a peer");
        metrics.counter(
                "dcluster_peer_handshakes_dropped_total",
                "Connections closed because their handshake took too long, or because too many waited for theirs.",
                () -> handshakesDropped);
    }
}
