package dcluster.simulation;

import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Fault.ShortReigns;
import java.util.ArrayList;
import java.util.List;

/** Ends leaders soon after they have begun: what they have said is then known to some and not to others. */
final class Guillotine {
    private final Scene scene;
    private final ShortReigns reigns;
    private final List<SimulatedNode<?>> watched = new ArrayList<>();
    private boolean ended;

    Guillotine(Scene scene, ShortReigns reigns) {
        this.scene = scene;
        this.reigns = reigns;
    }

    void watch(SimulatedNode<?> node) {
        watched.add(node);
        node.whenItLeads(() -> condemn(node));
        if (node.leads()) {
            condemn(node);
        }
    }

    private void condemn(SimulatedNode<?> node) {
        later(reigns.reignNanos(), node, () -> strike(node));
    }

    private void strike(SimulatedNode<?> node) {
        node.crash(reigns.losesPower());
        later(reigns.downNanos(), node, () -> Breakage.restart(node));
    }

    private void later(long most, SimulatedNode<?> node, Runnable event) {
        double share =
                scene.draws().share(Purpose.REIGN, node.number(), scene.agenda().now());
        scene.agenda().after((long) (share * share * most), () -> {
            if (!ended) {
                event.run();
            }
        });
    }

    /** Strikes no more, nor starts what it has ended. */
    void end() {
        ended = true;
        watched.forEach(node -> node.whenItLeads(null));
    }
}
