package dcluster.runtime.gateway;

import java.time.Duration;

/**
 * How a gateway listens and what it bears.
 *
 * @param port 0 picks a free one
 * @param maxConnections the next client is told so and let go
 * @param closeGrace how long unfinished requests are waited for when the gateway closes
 * @param look how often it is looked whether clients take their replies: one that has ended its requests is let go once
 *     it took none at three looks in a row
 */
public record GatewayOptions(
        String host, int port, int maxConnections, Duration closeGrace, Duration look, Bounds bounds) {
    /** 10,000 clients, a grace of half a second, a look every 15 seconds, the usual bounds. */
    public static GatewayOptions at(String host, int port) {
        return new GatewayOptions(host, port, 10_000, Duration.ofMillis(400), Duration.ofSeconds(15), Bounds.USUAL);
    }

    public GatewayOptions withMaxConnections(int count) {
        return new GatewayOptions(host, port, count, closeGrace, look, bounds);
    }

    public GatewayOptions withCloseGrace(Duration grace) {
        return new GatewayOptions(host, port, maxConnections, grace, look, bounds);
    }

    public GatewayOptions withLook(Duration interval) {
        return new GatewayOptions(host, port, maxConnections, closeGrace, interval, bounds);
    }

    public GatewayOptions withBounds(Bounds other) {
        return new GatewayOptions(host, port, maxConnections, closeGrace, look, other);
    }

    /**
     * Where clients are not read any further, and where they are let go.
     *
     * @param pipelineDepth unfinished requests of one connection; it is not read until half of them are answered
     * @param waitingBytes requests of one connection that wait for earlier ones on their keys: read on below half of it
     * @param pauseUnsentBytes replies that one client did not take; it is not read until it took half of them, and no
     *     more of them than this, and one reply, are turned into bytes at a time
     * @param closeUnsentBytes known replies that one client did not take: a read that would add more to them fails, and
     *     where replies to writes exceed them all the same, the client is let go
     * @param replyBytes the largest reply to a read; one that found more fails
     * @param sharedHeldBytes requests, whole or in part, that all connections hold and did not give to the node: beyond
     *     it, requests fail that a connection would have to hold, if it holds more than its share
     * @param sharedUnsentBytes known replies that all clients together did not take: beyond it, the reads of those fail
     *     that are owed more than their share
     */
    public record Bounds(
            int pipelineDepth,
            long waitingBytes,
            long pauseUnsentBytes,
            long closeUnsentBytes,
            long replyBytes,
            long sharedHeldBytes,
            long sharedUnsentBytes) {
        /** For thousands of clients and a heap of some hundred megabytes. */
        public static final Bounds USUAL =
                new Bounds(1024, 1 << 20, 256 << 10, 64 << 20, 16 << 20, 32 << 20, 128 << 20);
    }
}
