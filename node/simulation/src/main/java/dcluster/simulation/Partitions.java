package dcluster.simulation;

import dcluster.simulation.Fault.Partition.Form;
import java.util.function.IntUnaryOperator;

/** Who does not hear whom under each form of partition. Nodes are numbers from 0. */
final class Partitions {
    private Partitions() {}

    /** Whether {@code from} is not heard by {@code to}, for a partition around the target. */
    static boolean isCut(Form form, int nodes, int target, int from, int to) {
        // Places around the target, which is at 0.
        IntUnaryOperator place = node -> Math.floorMod(node - target, nodes);
        int sender = place.applyAsInt(from);
        int receiver = place.applyAsInt(to);
        return switch (form) {
            case HALVES -> isApart(sender, receiver, nodes / 2);
            case ISOLATE -> isApart(sender, receiver, 1);
            case DEAF -> receiver == 0 && sender != 0;
            case MUTE -> sender == 0 && receiver != 0;
            case BRIDGE -> sender != 0 && receiver != 0 && isApart(sender - 1, receiver - 1, (nodes - 1) / 2);
            case MAJORITIES_RING -> Math.floorMod(sender - receiver, nodes) > nodes / 2;
            case MINORITY_THIRD -> isApart(sender, receiver, Math.max(1, nodes / 3));
        };
    }

    private static boolean isApart(int sender, int receiver, int firstSide) {
        return (sender < firstSide) != (receiver < firstSide);
    }
}
