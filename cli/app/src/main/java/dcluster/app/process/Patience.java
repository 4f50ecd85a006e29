package dcluster.app.process;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long to wait for what other processes do. They tell nobody when they have done it, so it is looked at every few
 * ms.
 */
public final class Patience {
    private static final long POLL_MILLIS = 10;

    /** 146 years: half of what two readings of the clock can lie apart. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final long deadlineNanos;

    private Patience(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /** From now on, for that long; for 146 years at most. */
    public static Patience of(Duration duration) {
        var bounded = duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
        return new Patience(System.nanoTime() + bounded.toNanos());
    }

    /** What is left; zero if it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    public boolean isOver() {
        return left().isZero();
    }

    /** Waits until the condition holds, or patience ends; whether it holds. */
    public boolean until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (isOver()) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** Waits a moment before looking again. */
    public static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERNAL, "interrupted while waiting", e);
        }
    }
}
