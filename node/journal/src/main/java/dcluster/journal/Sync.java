package dcluster.journal;

import java.time.Duration;

/** When a journal asks the disk to make durable what was written. All but {@link Always} measure what safety costs. */
public sealed interface Sync {
    /** Before anything that waits for it leaves the node: what was acknowledged survives a loss of power. */
    record Always() implements Sync {}

    /**
     * At this interval while there is something to sync. Durable means that the operating system was handed it: it
     * survives the death of the process, and a loss of power only if it is older than about the interval.
     */
    record Every(Duration interval) implements Sync {
        public Every {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("the interval between syncs is positive: " + interval);
            }
        }
    }

    /** Left to the operating system, but for the end of a segment and a clean close. Durable means handed over. */
    record Never() implements Sync {}
}
