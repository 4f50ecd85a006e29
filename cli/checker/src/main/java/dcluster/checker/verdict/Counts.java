package dcluster.checker.verdict;

import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much there is of what in a history.
 *
 * @param processes numbers of clients; one whose operation is indeterminate goes on under a new one
 * @param notes events that belong to no operation, as those of a nemesis
 */
public record Counts(int operations, long ok, long fail, long info, int keys, long processes, int notes) {
    /** Counts once through. */
    public static Counts of(History history) {
        return new Counts(
                history.operations().size(),
                history.count(Outcome.OK),
                history.count(Outcome.FAIL),
                history.count(Outcome.INFO),
                keys(history).size(),
                history.clients(),
                history.notes().size());
    }

    /** All keys, those of steps of transactions included; operations without a key are all on one without a name. */
    static Set<String> keys(History history) {
        var keys = new TreeSet<String>();
        for (var operation : history.operations()) {
            if (operation.function() == Function.TXN) {
                addSteps(operation, keys);
            } else {
                keys.add(operation.key() == null ? "" : operation.key());
            }
        }
        return keys;
    }

    private static void addSteps(Operation operation, Set<String> keys) {
        if (operation.input() instanceof List<?> steps) {
            for (var step : steps) {
                if (step instanceof List<?> parts && parts.size() == 3) {
                    keys.add(String.valueOf(parts.get(1)));
                }
            }
        }
    }
}
