package dcluster.checker.transaction;

import dcluster.checker.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tries every order of a few transactions, and whether those whose outcome is unknown happened: slow, and too simple to
 * be wrong. A state holds all that was ever written to each key, in its order; a register is the last of it.
 */
final class BruteForce {
    private final boolean isList;
    private final boolean isStrict;

    private BruteForce(boolean isList, boolean isStrict) {
        this.isList = isList;
        this.isStrict = isStrict;
    }

    static boolean holds(Level level, TransactionModel model, List<Operation> operations) {
        return switch (level) {
            case SERIALIZABLE -> isSerializable(model, operations, false);
            case STRICT_SERIALIZABLE -> isSerializable(model, operations, true);
            case SNAPSHOT_ISOLATION -> isSnapshotIsolated(model, operations, false);
            case STRONG_SNAPSHOT_ISOLATION -> isSnapshotIsolated(model, operations, true);
            default -> throw new IllegalArgumentException(level + " has no definition here");
        };
    }

    /** Whether there is an order in which the transactions, one after the other, see what they saw. */
    static boolean isSerializable(TransactionModel model, List<Operation> operations, boolean isStrict) {
        return new BruteForce(model == TransactionModel.LIST_APPEND, isStrict).inSeries(Map.of(), operations);
    }

    /**
     * Whether each transaction can be given a snapshot and a later commit, so that it sees all that was committed
     * before its snapshot and its own writes, and none that commits in between writes a key that it writes.
     */
    static boolean isSnapshotIsolated(TransactionModel model, List<Operation> operations, boolean isStrong) {
        return new BruteForce(model == TransactionModel.LIST_APPEND, isStrong)
                .inSnapshots(Map.of(), operations, List.of());
    }

    private boolean inSeries(Map<String, List<Object>> state, List<Operation> left) {
        if (left.stream().noneMatch(Operation::isOk)) {
            return true;
        }
        for (var next : left) {
            var after = mayBegin(next, left) ? after(state, next) : null;
            if (after != null && inSeries(after, without(left, next))) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBegin(Operation next, List<Operation> left) {
        return !isStrict || left.stream().noneMatch(other -> other.ended() < next.invoked());
    }

    /** A transaction that has its snapshot, and what it would leave if nothing else happened. */
    private record Begun(Operation operation, Map<String, List<Object>> before) {}

    private boolean inSnapshots(Map<String, List<Object>> state, List<Operation> left, List<Begun> begun) {
        if (left.stream().noneMatch(Operation::isOk)
                && begun.stream().noneMatch(open -> open.operation().isOk())) {
            return true;
        }
        for (var open : begun) {
            var after = commit(state, open);
            if (after != null && inSnapshots(after, left, without(begun, open))) {
                return true;
            }
        }
        for (var next : left) {
            boolean mayBegin = mayBegin(next, left)
                    && mayBegin(next, begun.stream().map(Begun::operation).toList());
            if (mayBegin && after(state, next) != null) {
                var more = new ArrayList<>(begun);
                more.add(new Begun(next, state));
                if (inSnapshots(state, without(left, next), more)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static <T> List<T> without(List<T> all, T one) {
        var rest = new ArrayList<>(all);
        rest.remove(one);
        return rest;
    }

    /** Null if somebody else wrote in the meantime what this writes. */
    private static @Nullable Map<String, List<Object>> commit(Map<String, List<Object>> state, Begun begun) {
        var after = new HashMap<>(state);
        for (var step : steps(begun.operation())) {
            var key = (String) step.get(1);
            if (step.get(0).equals("r")) {
                continue;
            }
            var now = state.getOrDefault(key, List.of());
            if (now.size() != begun.before().getOrDefault(key, List.of()).size()) {
                return null;
            }
            after.put(key, plus(after.getOrDefault(key, List.of()), step.get(2)));
        }
        return after;
    }

    private static List<Object> plus(List<Object> all, Object one) {
        var more = new ArrayList<>(all);
        more.add(one);
        return more;
    }

    /** The state that a transaction leaves; null if it would not have seen what it saw. */
    private @Nullable Map<String, List<Object>> after(Map<String, List<Object>> before, Operation operation) {
        var state = new HashMap<>(before);
        for (var step : steps(operation)) {
            var key = (String) step.get(1);
            var values = state.getOrDefault(key, List.of());
            if (!step.get(0).equals("r")) {
                state.put(key, plus(values, step.get(2)));
            } else if (operation.isOk() && !isSeen(values, step)) {
                return null;
            }
        }
        return state;
    }

    private boolean isSeen(List<Object> values, List<?> step) {
        if (isList) {
            return values.equals(step.get(2));
        }
        return values.isEmpty()
                ? step.get(2) == null
                : values.get(values.size() - 1).equals(step.get(2));
    }

    private static List<List<?>> steps(Operation operation) {
        var steps = new ArrayList<List<?>>();
        var value = (List<?>) (operation.isOk() ? operation.output() : operation.input());
        if (value != null) {
            value.forEach(step -> steps.add((List<?>) step));
        }
        return steps;
    }
}
