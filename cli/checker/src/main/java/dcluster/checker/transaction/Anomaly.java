package dcluster.checker.transaction;

import dcluster.checker.history.Operation;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that went wrong.
 *
 * @param operations the transactions that show it; of a cycle all, in its order
 * @param texts each of them for people
 * @param reasons why it is one; of a cycle, why each transaction comes before the next, and the last before the first
 * @param relations of a cycle what each reason is, as {@code rw} or {@code realtime}; else there are none
 * @param isSmallest whether there was time to find out that no cycle of this name is shorter
 */
public record Anomaly(
        Phenomenon phenomenon,
        List<Operation> operations,
        List<String> texts,
        List<String> reasons,
        List<String> relations,
        boolean isSmallest) {
    public Anomaly {
        operations = List.copyOf(operations);
        texts = List.copyOf(texts);
        reasons = List.copyOf(reasons);
        relations = List.copyOf(relations);
    }

    /** All of it for people: the transactions, then the reasons. */
    public List<String> lines() {
        return Stream.concat(texts.stream(), reasons.stream()).toList();
    }
}
