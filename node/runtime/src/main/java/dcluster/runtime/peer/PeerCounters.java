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
                "Messages, forwards and answers handed over.",
                () -> envelopesSent);
        metrics.counter("dcluster_peer_sent_bytes_total", "Bytes written to peers.", () -> bytesSent);
        metrics.counter("dcluster_peer_writes_total", "Writes to peers' sockets, one a turn and peer.", () -> writes);
        String dropped = "Messages, forwards and answers that were not sent.";
        metrics.counter("dcluster_peer_dropped_total", dropped, () -> droppedUnreachable, "because", "not connected");
        metrics.counter("dcluster_peer_dropped_total", dropped, () -> droppedFull, "because", "outbox full");

        metrics.counter(
                "dcluster_peer_envelopes_received_total",
                "Messages, forwards and answers received.",
                () -> envelopesReceived);
        metrics.counter("dcluster_peer_received_bytes_total", "Bytes read from peers.", () -> bytesReceived);
        metrics.counter("dcluster_peer_reads_total", "Chunks read from peers' sockets.", () -> reads);
        metrics.counter(
                "dcluster_peer_malformed_total", "Connections closed because of what came on them.", () -> malformed);

        metrics.counter("dcluster_peer_dials_total", "Attempts to connect.", () -> dials);
        metrics.counter("dcluster_peer_connected_total", "Peers connected, in both directions.", () -> connected);
        metrics.counter("dcluster_peer_lost_total", "Connected peers lost.", () -> lost);
        String refused = "Handshakes refused.";
        metrics.counter("dcluster_peer_refused_total", refused, () -> refusedByUs, "by", "this node");
        metrics.counter("dcluster_peer_refused_total", refused, () -> refusedByPeers, "by", "a peer");
        metrics.counter(
                "dcluster_peer_handshakes_dropped_total",
                "Connections closed because their handshake took too long, or too many waited for theirs.",
                () -> handshakesDropped);
    }
}
