package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.Context;
import dcluster.toolkit.KeyedState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which keys were deleted, and since when this life of the node knows: a deletion is remembered for its grace after it
 * was heard of, and after each start anew. No clock on a wall has a say, so no clock that is wrong shortens it.
 */
final class Graves {
    private static final int LOOKS_IN_A_GRACE = 8;

    private record Grave(Bytes key, long hash, long sinceNanos) {}

    private final Context<?, ?, QuorumTimer> context;
    private final Duration grace;
    private final Deque<Grave> graves = new ArrayDeque<>();
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
        graves.add(new Grave(key, hash, context.nowNanos()));
        if (!timerRuns) {
            startTimer();
        }
    }

    private void startTimer() {
        timerRuns = true;
        context.startTimer(QuorumTimer.PURGE, grace.dividedBy(LOOKS_IN_A_GRACE).plusMillis(1));
    }

    /** What is done with a key whose grace has passed, if it still holds that. */
    interface Old {
        void grave(Bytes key, long hash);
    }

    /** The timer ran out. */
    void open(Old old) {
        while (!graves.isEmpty() && context.nowNanos() - graves.peek().sinceNanos >= grace.toNanos()) {
            var grave = graves.remove();
            old.grave(grave.key, grave.hash);
        }
        timerRuns = false;
        if (!graves.isEmpty()) {
            startTimer();
        }
    }

    int size() {
        return graves.size();
    }
}
