package dcluster.host;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the journal piece by piece between turns: one piece is encoded, then the next only when the disk has taken
 * it, so neither the loop nor memory fills up.
 */
final class Compactor<R> {
    /** What one step encodes at most, but for a single larger record: well under a millisecond on the loop. */
    private static final int PIECE_BYTES = 128 << 10;

    private final Journaling<R> journaling;
    private final Recorder recorder;
    private @Nullable Iterator<R> state;
    private boolean waiting;

    Compactor(Journaling<R> journaling, Recorder recorder) {
        this.journaling = journaling;
        this.recorder = recorder;
    }

    /**
     * Takes up a rewriting, unless one is under way; returns whether it did. It stands for all that was journalled
     * until now.
     */
    boolean begin(Iterator<R> newState) {
        if (state != null) {
            return false;
        }
        state = newState;
        // What this turn has journalled so far is part of the state, so it must not follow it once more.
        journaling.endTurn();
        recorder.beginRewrite();
        return true;
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
