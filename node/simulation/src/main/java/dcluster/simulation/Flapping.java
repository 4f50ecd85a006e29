package dcluster.simulation;

import dcluster.simulation.Draws.Purpose;
import java.util.function.IntConsumer;

/** Cuts links and mends them by turns, until it is ended; they are good then. */
final class Flapping {
    private final Scene scene;
    private final long periodNanos;
    private final int who;
    private final IntConsumer cuts;
    private boolean cut;
    private boolean ended;

    /** {@code who} names it among those that begin at the same moment; {@code cuts} adds one cut, or takes one away. */
    Flapping(Scene scene, long periodNanos, int who, IntConsumer cuts) {
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
        cut = !cut;
        cuts.accept(cut ? 1 : -1);
        long now = scene.agenda().now();
        scene.agenda()
                .after(1 + scene.draws().below(Math.max(1, periodNanos / 2), Purpose.FLAPPING, who, now), this::turn);
    }

    /** Nothing is cut any more. */
    void end() {
        ended = true;
        if (cut) {
            cut = false;
            cuts.accept(-1);
        }
    }
}
