package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.lab.simulation.Count.Length;
import dcluster.lab.simulation.Count.Sum;
import dcluster.simulation.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the numbers that writes tell to what was read. The histories have no place for them, and yet a client relies on
 * them: each addition of one tells another sum, later ones greater sums, and an element stands where its append said.
 */
final class Counts {
    private Counts() {}

    /** @throws Violation if some number is not what it must be */
    static void require(List<Operation> operations, List<Counted> counted) {
        requireSums(counted);
        requireLengths(operations, counted);
    }

    private static void requireSums(List<Counted> counted) {
        var byKey = new TreeMap<String, List<Counted>>();
        for (var each : counted) {
            if (each.count() instanceof Sum sum) {
                byKey.computeIfAbsent(sum.key(), key -> new ArrayList<>()).add(each);
            }
        }
        byKey.values().forEach(Counts::requireOrder);
    }

    /** The order of the sums is that in which the additions happened: none was invoked after a later one had ended. */
    private static void requireOrder(List<Counted> ofKey) {
        ofKey.sort(Comparator.comparingLong(Counts::sum));
        int latestInvoked = 0;
        for (int i = 0; i < ofKey.size(); i++) {
            var each = ofKey.get(i);
            if (i > 0 && sum(ofKey.get(i - 1)) == sum(each)) {
                throw violation(ofKey.get(i - 1), each, "told the same sum");
            }
            if (sum(each) < 1 || each.operation().ended() < latestInvoked) {
                throw violation(ofKey.get(Math.max(0, i - 1)), each, "told sums against their order");
            }
            latestInvoked = Math.max(latestInvoked, each.operation().invoked());
        }
    }

    private static long sum(Counted counted) {
        return ((Sum) counted.count()).sum();
    }

    private static Violation violation(Counted one, Counted other, String what) {
        return new Violation(
                "Counts",
                one.operation() + " and " + other.operation() + " " + what + ": " + one.count() + ", " + other.count());
    }

    private static void requireLengths(List<Operation> operations, List<Counted> counted) {
        var longest = longestLists(operations);
        var places = new HashMap<String, Map<Object, Integer>>();
        for (var each : counted) {
            if (each.count() instanceof Length length) {
                var key = length.key();
                var placed = places.computeIfAbsent(key, k -> places(longest.getOrDefault(k, List.of())));
                requireLength(each.operation(), length, placed.get(length.element()));
            }
        }
    }

    /** The first is 1. */
    private static Map<Object, Integer> places(List<?> list) {
        var places = new HashMap<Object, Integer>();
        for (int i = 0; i < list.size(); i++) {
            places.putIfAbsent(list.get(i), i + 1);
        }
        return places;
    }

    private static void requireLength(Operation operation, Length told, @Nullable Integer place) {
        if (place != null && place != told.length()) {
            throw new Violation(
                    "Counts",
                    operation + " told " + told.length() + " as the length of " + told.key() + " with " + told.element()
                            + ", which is element " + place);
        }
    }

    private static Map<String, List<?>> longestLists(List<Operation> operations) {
        var longest = new HashMap<String, List<?>>();
        for (var operation : operations) {
            if (operation.isOk() && operation.output() instanceof List<?> output) {
                if (operation.function() == Function.READ) {
                    keepLonger(longest, String.valueOf(operation.key()), output);
                } else if (operation.function() == Function.TXN) {
                    output.forEach(step -> keepIfRead(longest, (List<?>) step));
                }
            }
        }
        return longest;
    }

    private static void keepIfRead(Map<String, List<?>> longest, List<?> step) {
        if (step.get(2) instanceof List<?> read) {
            keepLonger(longest, String.valueOf(step.get(1)), read);
        }
    }

    private static void keepLonger(Map<String, List<?>> longest, String key, List<?> read) {
        longest.merge(key, read, (one, other) -> one.size() >= other.size() ? one : other);
    }
}
