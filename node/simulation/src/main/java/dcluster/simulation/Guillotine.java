package dcluster.simulation;

import dcluster.simulation.Draws.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends reigns soon after they have begun: what a leader has said is then known to some and not to others. Some are spared
 * for a while, so that clients see something of it.
 */
final class Guillotine {
    /** Which share of reigns is spared. */
    private static final double SPARED = 0.2;
    /** How much longer, then. */
    static final long SPARED_NANOS = 1_500_000_000L;

    /** How a reign ends. */
    interface Blow {
        /** Returns what brings the node back. */
        Runnable strike(SimulatedNode<?> node);
    }

    private final Scene scene;
    private final long reignNanos;
    private final long awayNanos;
    private final Blow blow;
    private final List<Runnable> watches = new ArrayList<>();
    private final Map<SimulatedNode<?>, Runnable> away = new LinkedHashMap<>();
    private boolean ended;

    /** Each reign lasts up to so many nanoseconds, more often few than many, and each absence up to so many. */
    Guillotine(Scene scene, long reignNanos, long awayNanos, Blow blow) {
        this.scene = scene;
        this.reignNanos = reignNanos;
        this.awayNanos = awayNanos;
        this.blow = blow;
    }

    void watch(SimulatedNode<?> node) {
        watches.add(node.whenItLeads(() -> reigns(node)));
        if (node.leads()) {
            reigns(node);
        }
    }

    private void reigns(SimulatedNode<?> node) {
        double share = share(node);
        long reign = (long) (share * share * reignNanos);
        boolean isSpared = scene.draws()
                        .share(Purpose.SPARED, node.drawsAs(), scene.agenda().now())
                < SPARED;
        later(isSpared ? reign + SPARED_NANOS : reign, () -> strike(node));
    }

    private void strike(SimulatedNode<?> node) {
        if (!away.containsKey(node)) {
            away.put(node, blow.strike(node));
            later((long) (share(node) * awayNanos), () -> undo(node));
        }
    }

    private void undo(SimulatedNode<?> node) {
        var comeBack = away.remove(node);
        if (comeBack != null) {
            comeBack.run();
            if (!ended && node.leads()) {
                // It came back before anybody took its place.
                reigns(node);
            }
        }
    }

    private double share(SimulatedNode<?> node) {
        return scene.draws().share(Purpose.REIGN, node.drawsAs(), scene.agenda().now());
    }

    private void later(long nanos, Runnable event) {
        scene.agenda().after(nanos, () -> {
            if (!ended) {
                event.run();
            }
        });
    }

    /** Strikes no more, and brings back whom it has struck. */
    void end() {
        ended = true;
        watches.forEach(Runnable::run);
        List.copyOf(away.keySet()).forEach(this::undo);
    }
}
