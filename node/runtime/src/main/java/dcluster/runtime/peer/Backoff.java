package dcluster.runtime.peer;

import dcluster.spi.DurationRange;
import java.util.random.RandomGenerator;

/** Waiting times that double with each failure, each drawn from its upper half so that nodes do not move in step. */
final class Backoff {
    private final DurationRange range;
    private final RandomGenerator random;
    private long nextNanos;

    Backoff(DurationRange range, RandomGenerator random) {
        this.range = range;
        this.random = random;
        this.nextNanos = range.least().toNanos();
    }

    /** How long to wait now, in milliseconds, at least one. */
    long nextMillis() {
        long nanos = nextNanos;
        nextNanos = Math.min(2 * nanos, range.most().toNanos());
        return jittered(nanos / 1_000_000);
    }

    /** Between half of it and all of it. */
    long jittered(long millis) {
        return Math.max(1, random.nextLong(millis / 2, millis + 1));
    }

    /** All is well: the next wait is the shortest again. */
    void reset() {
        nextNanos = range.least().toNanos();
    }
}
