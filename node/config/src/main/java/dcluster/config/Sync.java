package dcluster.config;

import java.time.Duration;

/**
 * When the journal is forced to the disk. All but {@link Always} trade safety for speed, to measure what safety costs:
 * durable then means handed to the operating system, which a crash of the process survives and a loss of power does
 * not.
 */
public sealed interface Sync {
    /** {@code always}: before anything that depends on a record leaves the node. */
    record Always() implements Sync {}

    /** {@code {every: 10ms}}: at that interval, from 1ms to 10s. */
    record Every(Duration interval) implements Sync {
        public Every {
            if (interval.compareTo(Duration.ofMillis(1)) < 0 || interval.compareTo(Duration.ofSeconds(10)) > 0) {
                throw new IllegalArgumentException("the interval between syncs is from 1ms to 10s");
            }
        }
    }

    /** {@code never}: whenever the operating system likes. */
    record Never() implements Sync {}
}
