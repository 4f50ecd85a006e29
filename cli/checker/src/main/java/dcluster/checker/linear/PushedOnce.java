package dcluster.checker.linear;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import dcluster.checker.linear.Allowance.Spent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Orders the operations on a list without a search, if every element was pushed once: then the longest read says in
 * which order, and each operation is put at the earliest moment that those before it leave. A search would try each push
 * of unknown outcome at every moment. What has no order here has none at all; why that is so, a search may tell.
 */
final class PushedOnce {
    private final Map<Object, Operation> pushes = new HashMap<>();
    private final List<Operation> reads = new ArrayList<>();
    private List<?> longest = List.of();

    /** The earliest moment for the next operation: behind the event of that number. */
    private int moment = -1;

    private PushedOnce() {}

    /** Whether there is an order; false also if an element was pushed twice, which says nothing. */
    static boolean isOrdered(List<Operation> operations, Allowance allowance) throws Spent {
        var list = new PushedOnce();
        return list.isOfSuch(operations) && list.areBeginnings(allowance) && list.isOrdered();
    }

    /** Looks at all operations but those that have certainly changed and told nothing. */
    private boolean isOfSuch(List<Operation> operations) {
        for (var operation : operations) {
            if (operation.outcome() == Outcome.FAIL) {
                continue;
            }
            if (operation.function() == Function.PUSH) {
                if (pushes.put(operation.input(), operation) != null) {
                    return false;
                }
            } else if (operation.isOk()) {
                reads.add(operation);
                longest = read(operation).size() > longest.size() ? read(operation) : longest;
            }
        }
        return true;
    }

    private static List<?> read(Operation operation) {
        return operation.output() instanceof List<?> elements ? elements : List.of();
    }

    private boolean areBeginnings(Allowance allowance) throws Spent {
        for (var read : reads) {
            var elements = read(read);
            allowance.work(elements.size());
            if (!elements.equals(longest.subList(0, elements.size()))) {
                return false;
            }
        }
        return true;
    }

    private boolean isOrdered() {
        var readsBySize = new HashMap<Integer, List<Operation>>();
        reads.forEach(read -> readsBySize
                .computeIfAbsent(read(read).size(), size -> new ArrayList<>())
                .add(read));
        for (int size = 0; size <= longest.size(); size++) {
            if (size > 0 && !follows(pushes.remove(longest.get(size - 1)))) {
                return false;
            }
            if (!follow(readsBySize.getOrDefault(size, List.of()))) {
                return false;
            }
        }
        // No read saw them: in any order behind all reads, if they took effect.
        return follow(pushes.values().stream().filter(Operation::isOk).toList());
    }

    private boolean follows(@Nullable Operation next) {
        return next != null && follow(List.of(next));
    }

    /** Puts these behind what came before, in any order among themselves. */
    private boolean follow(List<Operation> next) {
        int latest = moment;
        for (var operation : next) {
            int earliest = Math.max(moment, operation.invoked());
            if (operation.isOk() && earliest >= operation.ended()) {
                return false;
            }
            latest = Math.max(latest, earliest);
        }
        moment = latest;
        return true;
    }
}
