package dcluster.runtime.peer;

import dcluster.spi.DurationRange;
import dcluster.spi.Limits;
import java.time.Duration;

/**
 * Bounds and waiting times of the connections between nodes.
 *
 * @param outboxBytes the most that may wait for one peer, in the outbox and in the socket's queue together; what is
 *     less than {@link Limits#MAX_FRAME_BYTES} keeps the largest messages from ever being sent
 * @param handshake how long connecting may take, and then the handshake; and how long one direction waits for the other
 * @param backoff the wait after the first failed attempt, and the longest
 * @param refusedBackoff the wait after a refusal, which does not pass by itself
 * @param ping how often a sign of life is given; after {@link #SILENT_PINGS} without one a peer is lost
 */
public record PeerOptions(
        int outboxBytes, Duration handshake, DurationRange backoff, Duration refusedBackoff, Duration ping) {
    /** How many pings in a row may be missing. */
    public static final int SILENT_PINGS = 4;

    /** 64 MiB, 2 s, 50 ms to 1 s, 5 s, 2 s. */
    public static final PeerOptions DEFAULT = new PeerOptions(
            64 << 20,
            Duration.ofSeconds(2),
            new DurationRange(Duration.ofMillis(50), Duration.ofSeconds(1)),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));
}
