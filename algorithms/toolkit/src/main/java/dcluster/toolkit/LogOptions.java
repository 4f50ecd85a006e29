package dcluster.toolkit;

import dcluster.spi.DurationRange;
import dcluster.spi.Limits;
import java.time.Duration;

/** What options mean that all algorithms have which replicate a log under a leader. */
public final class LogOptions {
    private LogOptions() {}

    /** Refuses a leader that must be given up for a single late heartbeat. */
    public static void checkPace(DurationRange electionTimeout, Duration heartbeatInterval) {
        if (heartbeatInterval.isNegative() || heartbeatInterval.isZero()) {
            throw new IllegalArgumentException("heartbeat-interval is not above zero: " + heartbeatInterval);
        }
        if (heartbeatInterval.multipliedBy(2).compareTo(electionTimeout.least()) > 0) {
            throw new IllegalArgumentException("heartbeat-interval " + heartbeatInterval
                    + " must fit twice into the least election-timeout " + electionTimeout.least()
                    + ", or a single late heartbeat costs the leader its place");
        }
    }

    /** Refuses batches that fit into no message, or into no pipeline. */
    public static void checkBatch(Amount batch, Amount pipeline) {
        if (batch.bytes().bytes() > Limits.MAX_FRAME_BYTES / 2) {
            throw new IllegalArgumentException(
                    "batch.bytes must fit into a frame: at most " + Limits.MAX_FRAME_BYTES / 2);
        }
        if (pipeline.entries() < batch.entries()
                || pipeline.bytes().bytes() < batch.bytes().bytes()) {
            throw new IllegalArgumentException("pipeline must hold at least one batch");
        }
    }

    /** By how many bytes snapshots are cut. */
    public static int chunkBytes(Amount batch) {
        return (int) Math.min(batch.bytes().bytes(), Limits.CHUNK_BYTES);
    }
}
