package dcluster.simulation;

import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Fault.FlappingLinks;
import dcluster.simulation.Fault.LostMinority;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.Partition.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Knows which directions a fault that begins now cuts: whoever asks for them in one moment is told the same. */
final class Cuts {
    private final Scene scene;
    private final List<? extends SimulatedNode<?>> nodes;

    /** From one node to another. */
    record Direction(SimulatedNode<?> from, SimulatedNode<?> to) {
        @Override
        public String toString() {
            return from.id() + "->" + to.id();
        }
    }

    Cuts(Scene scene, List<? extends SimulatedNode<?>> nodes) {
        this.scene = scene;
        this.nodes = nodes;
    }

    /** Who will not hear whom. */
    List<Direction> of(Fault fault, @Nullable SimulatedNode<?> target) {
        if (fault instanceof Partition partition && target != null) {
            return around(partition.form(), target);
        }
        if (fault instanceof FlappingLinks flapping && target != null) {
            return around(flapping.form(), target);
        }
        if (fault instanceof LostMinority) {
            var apart = minority();
            return directions((from, to) -> apart.contains(from) || apart.contains(to));
        }
        return List.of();
    }

    private List<Direction> around(Form form, SimulatedNode<?> target) {
        return directions(
                (from, to) -> Partitions.isCut(form, nodes.size(), target.number(), from.number(), to.number()));
    }

    /** All to and from that node. */
    List<Direction> around(SimulatedNode<?> node) {
        return directions((from, to) -> from != to && (from == node || to == node));
    }

    /** The greatest number of nodes that is fewer than half. */
    int minoritySize() {
        return (nodes.size() - 1) / 2;
    }

    /**
     * The greatest number of nodes that is fewer than half, drawn for the moment; first those that have forgotten what they
     * promised, which count for none.
     */
    List<SimulatedNode<?>> minority() {
        var rest = new ArrayList<SimulatedNode<?>>(nodes);
        var minority = new ArrayList<SimulatedNode<?>>();
        long now = scene.agenda().now();
        for (int i = 0; i < minoritySize(); i++) {
            var among = unrecoveredOrAll(rest);
            var drawn = among.get((int) scene.draws().below(among.size(), Purpose.TARGET, i + 1, now));
            rest.remove(drawn);
            minority.add(drawn);
        }
        return minority;
    }

    private static List<SimulatedNode<?>> unrecoveredOrAll(List<SimulatedNode<?>> nodes) {
        var unrecovered =
                nodes.stream().filter(node -> node.amnesia().isUnrecovered()).toList();
        return unrecovered.isEmpty() ? nodes : unrecovered;
    }

    private List<Direction> directions(BiPredicate<SimulatedNode<?>, SimulatedNode<?>> which) {
        return nodes.stream()
                .<Direction>flatMap(from ->
                        nodes.stream().filter(to -> which.test(from, to)).map(to -> new Direction(from, to)))
                .toList();
    }
}
