package dcluster.journal;

import java.util.function.LongSupplier;

/**
 * When a journal that is left alone should vouch for its last write: a while after it, once. Not at once, or a client
 * that waits for each of its writes would pay a second sync for every one. Used by the journal's thread alone.
 */
final class IdleMark {
    static final long AFTER_NANOS = 80_000_000;

    private static final long NONE = Long.MAX_VALUE;

    private final LongSupplier nanoTime;
    private boolean wanted;
    private long dueNanos;

    /** With a monotonic clock. */
    IdleMark(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Records were written, for which nothing vouches yet. */
    void wrote() {
        wanted = true;
        dueNanos = nanoTime.getAsLong() + AFTER_NANOS;
    }

    boolean isDue() {
        return nanosUntilDue() == 0;
    }

    /** How long it is until the mark is due, 0 if it is; more than anybody waits if none is wanted. */
    long nanosUntilDue() {
        return wanted ? Math.max(0, dueNanos - nanoTime.getAsLong()) : NONE;
    }

    /** It is written, or could not be. */
    void done() {
        wanted = false;
    }
}
