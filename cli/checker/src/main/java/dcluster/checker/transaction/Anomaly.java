package dcluster.checker.transaction;

import dcluster.checker.history.Operation;
import java.util.List;

/**
 * One thing that went wrong.
 *
 * @param operations the transactions that show it; of a cycle all, in its order
 * @param lines the same for people: the transactions, and why each comes before the next
 * @param isSmallest whether there was time to find out that no cycle of this name is shorter
 */
public record Anomaly(Phenomenon phenomenon, List<Operation> operations, List<String> lines, boolean isSmallest) {
    public Anomaly {
        operations = List.copyOf(operations);
        lines = List.copyOf(lines);
    }
}
