package dcluster.twophase;

import dcluster.spi.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The transactions that lost against others and will begin again, each after a pause. */
final class Retries {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
    private static final int MOST_DOUBLINGS = 6;

    private final Context<?, ?, TwoPhaseTimer> context;

    /** The last attempts, by the serials of their ages. Looked up and never iterated over. */
    private final Map<Long, Attempt> beaten = new HashMap<>();

    private long count;

    Retries(Context<?, ?, TwoPhaseTimer> context) {
        this.context = context;
    }

    /** That attempt failed, and another one is to follow. */
    void plan(Attempt failed) {
        long serial = failed.transaction().age().serial();
        beaten.put(serial, failed);
        context.startTimer(new TwoPhaseTimer.Retry(serial), pause(failed.number()));
    }

    /** Longer each time, and never the same, so that two do not meet for ever. */
    private Duration pause(int attempt) {
        long most = SHORTEST_PAUSE.toNanos() << Math.min(attempt, MOST_DOUBLINGS);
        return Duration.ofNanos(context.random().nextLong(SHORTEST_PAUSE.toNanos(), most + 1));
    }

    /** The attempt that another one follows now. */
    Optional<Attempt> due(TwoPhaseTimer.Retry timer) {
        count++;
        return Optional.ofNullable(beaten.remove(timer.transaction()));
    }

    /** How many there were. */
    long count() {
        return count;
    }
}
