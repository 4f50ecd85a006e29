package dcluster.simulation;

import dcluster.spi.Status;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at all nodes from time to time: what states the cluster comes to, and whether each journal makes its replica. */
final class Observer {
    private static final long LOOK_EVERY_NANOS = 20_000_000;
    private static final int LOOKS_PER_SHADOW = 300;

    private final Scene scene;
    private final List<? extends SimulatedNode<?>> nodes;
    private final Set<Long> states = new TreeSet<>();
    private int looks;
    private boolean severalLed;

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
        var statuses = nodes.stream().map(SimulatedNode::status).toList();
        boolean severalLead = leaders(statuses) > 1;
        if (severalLead && !severalLed) {
            scene.tally().meet("two leaders at once");
        }
        severalLed = severalLead;
        states.add(state(statuses));
        if (looks++ % LOOKS_PER_SHADOW == 0) {
            nodes.get(looks / LOOKS_PER_SHADOW % nodes.size()).compareWithShadow();
        }
    }

    /** How many say of themselves that they lead. */
    private long leaders(List<Optional<Status>> statuses) {
        long count = 0;
        for (int i = 0; i < nodes.size(); i++) {
            var id = nodes.get(i).id();
            count += statuses.get(i).flatMap(Status::leader).filter(id::equals).isPresent() ? 1 : 0;
        }
        return count;
    }

    private long state(List<Optional<Status>> statuses) {
        long state = 1;
        for (int i = 0; i < nodes.size(); i++) {
            var status = statuses.get(i);
            state = state * 0x5851f42d4c957f2dL
                    + (status.isEmpty() ? 1 : of(nodes.get(i), status.get(), ahead(statuses, status.get())));
        }
        return state;
    }

    private static long ahead(List<Optional<Status>> statuses, Status own) {
        return statuses.stream()
                .filter(other -> other.isPresent() && other.get().applied() < own.applied())
                .count();
    }

    private static long of(SimulatedNode<?> node, Status status, long ahead) {
        long hash = status.role().hashCode();
        hash = 31 * hash
                + status.leader().map(leader -> leader.name().hashCode()).orElse(0);
        return 2 * (31 * (31 * hash + ahead) + (node.isPaused() ? 1 : 0));
    }
}
