package dcluster.lab.simulation;

import dcluster.simulation.Draws;
import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Simulation;
import dcluster.spi.Command.Operation;
import dcluster.spi.NodeId;
import dcluster.spi.Traits;
import java.util.List;

/**
 * An operator who, where leadership can be handed over, orders it now and then: any node, so that the order often finds
 * the wrong one, and to any node or to nobody in particular. What comes of it is not asked; but clients must not see it.
 */
final class Operator {
    private static final String TRANSFER = "transfer";
    private static final long LEAST_PAUSE_NANOS = 500_000_000;
    private static final long MOST_PAUSE_NANOS = 6_000_000_000L;
    private static final int NAMES_NOBODY_ONE_IN = 2;

    private final Simulation<?> simulation;
    private final Draws draws;
    private long number;
    private boolean ended;

    Operator(Simulation<?> simulation, Draws draws) {
        this.simulation = simulation;
        this.draws = draws;
    }

    /** Whether there is anything to order. */
    static boolean isNeeded(Traits traits) {
        return traits.operations().containsKey(TRANSFER);
    }

    void start() {
        var random = draws.sequence(Purpose.OPERATOR, 0, number++);
        simulation.after(random.nextLong(LEAST_PAUSE_NANOS, MOST_PAUSE_NANOS), () -> {
            if (!ended) {
                var nodes = simulation.ids();
                var to = random.nextInt(NAMES_NOBODY_ONE_IN) == 0
                        ? List.<NodeId>of()
                        : List.of(any(nodes, random.nextInt()));
                order(any(nodes, random.nextInt()), to);
                start();
            }
        });
    }

    private static NodeId any(List<NodeId> nodes, int drawn) {
        return nodes.get(Math.floorMod(drawn, nodes.size()));
    }

    private void order(NodeId at, List<NodeId> to) {
        var named = to.stream().map(NodeId::name).toList();
        simulation.submit(at, new Operation(TRANSFER, named), answer -> {});
    }

    /** Orders nothing more. */
    void end() {
        ended = true;
    }
}
