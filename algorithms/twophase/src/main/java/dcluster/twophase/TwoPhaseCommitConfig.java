package dcluster.twophase;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import java.time.Duration;

/**
 * Options of {@code two-phase-commit}.
 *
 * @param protocol what is presumed of a transaction of which the coordinator has no record
 * @param locking what a transaction does that meets the lock of another one
 * @param termination whom a participant asks that is in doubt
 * @param lockTimeout how long anybody waits for a lock; that is looked at every {@code resendAfter}, or every {@code
 *     lockTimeout} if that is shorter
 * @param resendAfter whoever has not answered for so long is asked again
 * @param patience how long the coordinator tries to carry out a transaction, and a participant keeps locks for one that it has
 *     not voted on and hears nothing of; at least {@code resendAfter}
 * @param tokens how many places on the ring of shards each node has
 * @param outcomes how many ended transactions a participant remembers, for others that are in doubt
 * @param compactAbove a journal is not compacted below this size; above it, once it is twice as large as the state
 */
record TwoPhaseCommitConfig(
        @Default("presumed-abort") Protocol protocol,
        @Default("wait-die") Locking locking,
        @Default("cooperative") Termination termination,
        @Default("1s") Duration lockTimeout,
        @Default("200ms") Duration resendAfter,
        @Default("3s") Duration patience,
        @Default("64") int tokens,
        @Default("4096") int outcomes,
        @Default("64MiB") ByteSize compactAbove) {
    private static final int MOST_TOKENS = 256;
    private static final int MOST_OUTCOMES = 10_000;
    private static final long LEAST_BYTES = 4 << 10;

    TwoPhaseCommitConfig {
        require(lockTimeout.toMillis() >= 1, "lock-timeout is at least 1ms");
        require(resendAfter.toMillis() >= 1, "resend-after is at least 1ms");
        require(patience.compareTo(resendAfter) >= 0, "patience is at least resend-after");
        require(tokens >= 1 && tokens <= MOST_TOKENS, "tokens is from 1 to " + MOST_TOKENS);
        require(outcomes >= 1 && outcomes <= MOST_OUTCOMES, "outcomes is from 1 to " + MOST_OUTCOMES);
        require(compactAbove.bytes() >= LEAST_BYTES, "compact-above is at least 4KiB");
    }

    /** How often a participant looks for whoever has waited too long. */
    Duration patrolEvery() {
        return resendAfter.compareTo(lockTimeout) < 0 ? resendAfter : lockTimeout;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
