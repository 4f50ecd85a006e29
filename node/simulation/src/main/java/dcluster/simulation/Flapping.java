package dcluster.simulation;

import dcluster.simulation.Draws.Purpose;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cuts links and mends them by turns, until it is ended; they are good then. */
final class Flapping {
    private final Scene scene;
    private final long periodNanos;
    private final int who;
    private final Supplier<Runnable> cuts;
    private @Nullable Runnable mends;
    private boolean ended;

    /** {@code who} names it among those that begin at the same moment; {@code cuts} cuts, and returns what mends that. */
    Flapping(Scene scene, long periodNanos, int who, Supplier<Runnable> cuts) {
        this.scene = scene;
        this.periodNanos = periodNanos;
        this.who = who;
        this.cuts = cuts;
    }

    void begin() {
        turn();
    }

    private void turn() {
        if (ended) {
            return;
        }
        if (mends == null) {
            mends = cuts.get();
        } else {
            mend(mends);
        }
        long now = scene.agenda().now();
        scene.agenda()
                .after(1 + scene.draws().below(Math.max(1, periodNanos / 2), Purpose.FLAPPING, who, now), this::turn);
    }

    /** Nothing is cut any more. */
    void end() {
        ended = true;
        if (mends != null) {
            mend(mends);
        }
    }

    private void mend(Runnable cut) {
        cut.run();
        mends = null;
    }
}
