package dcluster.runtime.gateway;

import dcluster.host.Distribution;
import dcluster.runtime.admin.Metrics;

/** What happened at a gateway so far; on the loop only. */
final class Counters {
    private static final double NANOS_A_SECOND = 1e9;

    long accepted;
    long turnedAway;
    long dropped;
    long requests;
    long refused;
    long failed;
    long unknown;
    long redirected;
    long protocolErrors;
    long pauses;
    long readBytes;
    long writtenBytes;
    long writes;

    /** Nanoseconds from when a command was read until it was answered with a result. */
    final Distribution readLatency = Distribution.ofLatencies();

    final Distribution writeLatency = Distribution.ofLatencies();

    void register(Metrics metrics) {
        metrics.counter("dcluster_client_accepted_total", "Connections of clients that were let in.", () -> accepted);
        String gone = "Connections of clients that this node ended or did not let in.";
        metrics.counter("dcluster_client_ended_total", gone, () -> turnedAway, "because", "too many");
        metrics.counter("dcluster_client_ended_total", gone, () -> dropped, "because", "held or did not take too much");
        metrics.counter("dcluster_client_ended_total", gone, () -> protocolErrors, "because", "not the protocol");
        metrics.counter(
                "dcluster_client_requests_total", "Requests that clients sent, whatever came of them.", () -> requests);
        metrics.counter(
                "dcluster_client_refused_total",
                "Requests answered with an error before they reached the algorithm: nothing happened.",
                () -> refused);
        metrics.counter(
                "dcluster_client_failed_total",
                "Requests answered with a definite failure: nothing happened.",
                () -> failed);
        metrics.counter(
                "dcluster_client_unknown_total",
                "Requests answered with UNKNOWN: they may or may not have happened.",
                () -> unknown);
        metrics.counter(
                "dcluster_client_redirected_total",
                "Requests answered with MOVED: nothing happened.",
                () -> redirected);
        metrics.counter("dcluster_client_received_bytes_total", "Bytes read from clients.", () -> readBytes);
        metrics.counter("dcluster_client_sent_bytes_total", "Bytes written to clients.", () -> writtenBytes);
        metrics.counter(
                "dcluster_client_writes_total",
                "Writes to clients' sockets; the requests divided by these are the replies that shared one.",
                () -> writes);
        metrics.counter(
                "dcluster_client_pauses_total",
                "Times that a client was not read for a while, because it or this node had too much to do.",
                () -> pauses);
        String latency = "Seconds from when a command was read until its result was there, errors left out.";
        metrics.histogram("dcluster_client_latency_seconds", latency, readLatency, NANOS_A_SECOND, "kind", "read");
        metrics.histogram("dcluster_client_latency_seconds", latency, writeLatency, NANOS_A_SECOND, "kind", "write");
    }
}
