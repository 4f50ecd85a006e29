package dcluster.host;

import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the journal piece by piece between turns: one piece is encoded, then the next only when the disk has taken
 * it, so neither the loop nor memory fills up.
 *
 * <p>If the disk does not let it be finished, the next one may begin after a pause, which grows each time that this
 * happens, and half of which is drawn: replicas grow together, and where they share a disk they should not fill it
 * together again.
 */
final class Compactor<R> {
    /** What one step encodes at most, but for a single larger record: well under a millisecond on the loop. */
    private static final int PIECE_BYTES = 128 << 10;

    private static final long LEAST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Journaling<R> journaling;
    private final World<?> world;
    private final Recorder recorder;
    private @Nullable Iterator<R> state;
    private boolean waiting;

    // Since the latest one had to be abandoned; 0 if it was finished.
    private long pauseNanos;
    private long pausedUntilNanos;

    Compactor(Journaling<R> journaling, World<?> world) {
        this.journaling = journaling;
        this.world = world;
        this.recorder = world.recorder();
    }

    /**
     * Takes up a rewriting, unless one is under way or one was abandoned shortly before; returns whether it did. It
     * stands for all that was journalled until now.
     */
    boolean begin(Iterator<R> newState) {
        if (state != null || isPausing()) {
            return false;
        }
        state = newState;
        // What this turn has journalled so far is part of the state, so it must not follow it once more.
        journaling.endTurn();
        recorder.beginRewrite(this::abandoned);
        return true;
    }

    private boolean isPausing() {
        return pauseNanos > 0 && world.clocks().nowNanos() - pausedUntilNanos < 0;
    }

    private void abandoned() {
        state = null;
        waiting = false;
        pauseNanos = Math.min(MOST_PAUSE_NANOS, Math.max(LEAST_PAUSE_NANOS, 2 * pauseNanos));
        pausedUntilNanos =
                world.clocks().nowNanos() + pauseNanos + world.random().nextLong(pauseNanos);
    }

    /** Moves on by one piece, at the end of a turn. {@code nextTurn} asks for a turn when there is more to do. */
    void step(Runnable nextTurn) {
        var rest = state;
        if (rest == null || waiting) {
            return;
        }
        waiting = true;
        if (!rest.hasNext()) {
            recorder.finishRewrite(() -> {
                state = null;
                waiting = false;
                pauseNanos = 0;
            });
            return;
        }
        var piece = recorder.acquire();
        while (rest.hasNext() && piece.bytes() < PIECE_BYTES) {
            journaling.encode(rest.next(), piece);
        }
        recorder.submitState(piece, () -> {
            waiting = false;
            nextTurn.run();
        });
    }
}
