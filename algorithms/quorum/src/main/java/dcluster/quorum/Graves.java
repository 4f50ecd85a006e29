package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.Context;
import dcluster.toolkit.KeyedState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which keys were deleted, and since when this life of the node knows: a deletion is remembered for its grace after it
 * was heard of, and after each start anew. No clock on a wall has a say, so no clock that is wrong shortens it.
 */
final class Graves {
    private static final int LOOKS_IN_A_GRACE = 8;
    private static final int AT_ONCE = 1000;
    private static final Duration SOON = Duration.ofMillis(5);

    private record Grave(Bytes key, long hash, long sinceNanos) {}

    private final Context<?, ?, QuorumTimer> context;
    private final Duration grace;

    /** One for each key, the oldest first. */
    private final Map<Bytes, Grave> graves = new LinkedHashMap<>();

    private boolean timerRuns;

    Graves(Context<?, ?, QuorumTimer> context, Duration grace) {
        this.context = context;
        this.grace = grace;
    }

    void start(KeyedState<Held> state) {
        for (var mapping : state) {
            if (mapping.value().versions().isTombstone()) {
                add(mapping.key(), mapping.value().hash());
            }
        }
    }

    /** What a key holds is a deletion, and has that hash. */
    void add(Bytes key, long hash) {
        graves.remove(key);
        graves.put(key, new Grave(key, hash, context.nowNanos()));
        if (!timerRuns) {
            startTimer(pause());
        }
    }

    private Duration pause() {
        return grace.dividedBy(LOOKS_IN_A_GRACE).plusMillis(1);
    }

    /** The key holds something else now. */
    void remove(Bytes key) {
        graves.remove(key);
    }

    private void startTimer(Duration delay) {
        timerRuns = true;
        context.startTimer(QuorumTimer.PURGE, delay);
    }

    /** What is done with a key whose grace has passed, if it still holds that. */
    interface Old {
        void grave(Bytes key, long hash);
    }

    /** The timer ran out. Some at once, so that nobody waits for many. */
    void open(Old old) {
        int opened = 0;
        while (opened < AT_ONCE && hasOld()) {
            var grave = graves.values().iterator().next();
            graves.remove(grave.key);
            old.grave(grave.key, grave.hash);
            opened++;
        }
        timerRuns = false;
        if (!graves.isEmpty()) {
            startTimer(hasOld() ? SOON : pause());
        }
    }

    private boolean hasOld() {
        return !graves.isEmpty()
                && context.nowNanos() - graves.values().iterator().next().sinceNanos >= grace.toNanos();
    }

    int size() {
        return graves.size();
    }
}
