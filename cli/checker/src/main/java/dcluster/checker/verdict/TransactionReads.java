package dcluster.checker.verdict;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What transactions read, for the question whether a history says anything. */
final class TransactionReads {
    private TransactionReads() {}

    /** How many transactions that ended with ok read something. */
    static long count(History history) {
        return history.operations().stream()
                .filter(operation -> !keys(operation).isEmpty())
                .count();
    }

    /** The keys that an operation read, if it ended with ok. */
    static Set<String> keys(Operation operation) {
        return keys(operation, false);
    }

    /** Those that it read before it wrote to them itself: only of these it says what others wrote. */
    static Set<String> foundKeys(Operation operation) {
        return keys(operation, true);
    }

    private static Set<String> keys(Operation operation, boolean withoutOwn) {
        var keys = new TreeSet<String>();
        var own = new TreeSet<String>();
        if (!operation.isOk() || !(operation.output() instanceof List<?> steps)) {
            return keys;
        }
        for (var step : steps) {
            if (!(step instanceof List<?> parts) || parts.size() != 3) {
                continue;
            }
            var key = String.valueOf(parts.get(1));
            if (!"r".equals(parts.get(0))) {
                own.add(key);
            } else if (!withoutOwn || !own.contains(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Whether an operation that ended with ok saw in a register what another one had written. */
    static boolean sawWrite(Operation operation) {
        var own = new HashSet<String>();
        if (operation.isOk() && operation.output() instanceof List<?> steps) {
            for (var step : steps) {
                if (step instanceof List<?> parts && parts.size() == 3 && !"r".equals(parts.get(0))) {
                    own.add(String.valueOf(parts.get(1)));
                } else if (step instanceof List<?> parts
                        && parts.size() == 3
                        && parts.get(2) != null
                        && !own.contains(String.valueOf(parts.get(1)))) {
                    return true;
                }
            }
        }
        return false;
    }
}
