package dcluster.simulation;

import dcluster.simulation.Draws.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Ends reigns soon after they have begun: what a leader has said is then known to some and not to others. */
final class Guillotine {
    /** How a reign ends, and how the node comes back. */
    interface Blow {
        void strike(SimulatedNode<?> node);

        void undo(SimulatedNode<?> node);
    }

    private final Scene scene;
    private final long reignNanos;
    private final long awayNanos;
    private final Blow blow;
    private final List<SimulatedNode<?>> watched = new ArrayList<>();
    private final Set<SimulatedNode<?>> away = new LinkedHashSet<>();
    private boolean ended;

    /** Each reign lasts up to so many nanoseconds, more often few than many, and each absence up to so many. */
    Guillotine(Scene scene, long reignNanos, long awayNanos, Blow blow) {
        this.scene = scene;
        this.reignNanos = reignNanos;
        this.awayNanos = awayNanos;
        this.blow = blow;
    }

    void watch(SimulatedNode<?> node) {
        watched.add(node);
        node.whenItLeads(() -> reigns(node));
        if (node.leads()) {
            reigns(node);
        }
    }

    private void reigns(SimulatedNode<?> node) {
        double share = share(node);
        later((long) (share * share * reignNanos), () -> strike(node));
    }

    private void strike(SimulatedNode<?> node) {
        if (away.add(node)) {
            blow.strike(node);
            later((long) (share(node) * awayNanos), () -> undo(node));
        }
    }

    private void undo(SimulatedNode<?> node) {
        if (away.remove(node)) {
            blow.undo(node);
            if (!ended && node.leads()) {
                // It came back before anybody took its place.
                reigns(node);
            }
        }
    }

    private double share(SimulatedNode<?> node) {
        return scene.draws().share(Purpose.REIGN, node.number(), scene.agenda().now());
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
        watched.forEach(node -> node.whenItLeads(null));
        List.copyOf(away).forEach(this::undo);
    }
}
