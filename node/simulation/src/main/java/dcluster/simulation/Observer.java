package dcluster.simulation;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks at all nodes from time to time: what states the cluster comes to, and whether each journal makes its replica. */
final class Observer {
    private static final long LOOK_EVERY_NANOS = 20_000_000;
    private static final int LOOKS_PER_SHADOW = 40;

    private final Scene scene;
    private final List<? extends SimulatedNode<?>> nodes;
    private final Set<Long> states = new TreeSet<>();
    private int looks;

    Observer(Scene scene, List<? extends SimulatedNode<?>> nodes) {
        this.scene = scene;
        this.nodes = nodes;
    }

    void begin() {
        scene.agenda().after(LOOK_EVERY_NANOS, this::look);
    }

    /** Who is up, in which role, following whom, and who is ahead of whom; each state as a number. */
    Set<Long> states() {
        return Collections.unmodifiableSet(states);
    }

    private void look() {
        begin();
        if (nodes.stream().filter(SimulatedNode::leads).count() > 1) {
            scene.tally().meet("two leaders at once");
        }
        states.add(state());
        if (looks++ % LOOKS_PER_SHADOW == 0) {
            nodes.get(looks / LOOKS_PER_SHADOW % nodes.size()).compareWithShadow();
        }
    }

    private long state() {
        long state = 1;
        for (var node : nodes) {
            state = state * 0x5851f42d4c957f2dL + of(node);
        }
        return state;
    }

    private long of(SimulatedNode<?> node) {
        var status = node.status();
        if (status.isEmpty()) {
            return 1;
        }
        long ahead = nodes.stream()
                .filter(other -> other.status()
                        .filter(its -> its.applied() < status.get().applied())
                        .isPresent())
                .count();
        long hash = status.get().role().hashCode();
        hash = 31 * hash
                + status.get().leader().map(leader -> leader.name().hashCode()).orElse(0);
        return 2 * (31 * (31 * hash + ahead) + (node.isPaused() ? 1 : 0));
    }
}
