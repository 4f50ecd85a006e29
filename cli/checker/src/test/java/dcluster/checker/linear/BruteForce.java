package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tries every order of a few operations on plain values: slow, and too simple to be wrong. It shares nothing with the
 * search, not even what objects do. Any object is a list: of its elements, or of its one value.
 */
final class BruteForce {
    private final Model model;

    BruteForce(Model model) {
        this.model = model;
    }

    List<@Nullable Object> initial() {
        return switch (model) {
            case REGISTER -> Arrays.asList((Object) null);
            case COUNTER -> List.of(0L);
            case SET, QUEUE, LIST -> List.of();
        };
    }

    boolean isLinearizable(List<@Nullable Object> state, List<Operation> left) {
        if (left.stream().noneMatch(Operation::isOk)) {
            return true;
        }
        int firstEnd = left.stream().mapToInt(Operation::ended).min().orElseThrow();
        for (var next : left) {
            var after = next.invoked() < firstEnd ? after(state, next) : null;
            if (after != null && isLinearizable(after, without(next, left))) {
                return true;
            }
        }
        return false;
    }

    /** All states after some of the operations, of which those that have ended by then must be. */
    Set<List<@Nullable Object>> states(List<@Nullable Object> state, List<Operation> left, int moment) {
        var found = new HashSet<List<@Nullable Object>>();
        int firstEnd = left.stream().mapToInt(Operation::ended).min().orElse(Operation.NEVER);
        if (firstEnd > moment) {
            found.add(state);
        }
        for (var next : left) {
            var after = next.invoked() < Math.min(firstEnd, moment) ? after(state, next) : null;
            if (after != null) {
                found.addAll(states(after, without(next, left), moment));
            }
        }
        return found;
    }

    private static List<Operation> without(Operation one, List<Operation> all) {
        var rest = new ArrayList<>(all);
        rest.remove(one);
        return rest;
    }

    /** The state after an operation, or null if it cannot end so. */
    private @Nullable List<@Nullable Object> after(List<@Nullable Object> state, Operation operation) {
        var input = operation.input();
        var after = new ArrayList<>(state);
        switch (operation.function()) {
            case READ -> {
                return !operation.isOk() || isRead(state, operation.output()) ? state : null;
            }
            case WRITE -> after.set(0, input);
            case APPEND -> after.set(0, (state.get(0) == null ? "" : "" + state.get(0)) + input);
            case CAS -> {
                var pair = (List<?>) Objects.requireNonNull(input);
                boolean isEqual = Objects.equals(state.get(0), pair.get(0));
                after.set(0, isEqual ? pair.get(1) : state.get(0));
                return !operation.isOk() || operation.applied() == isEqual ? after : null;
            }
            case ADD -> add(after, Objects.requireNonNull(input));
            case REMOVE -> after.remove(input);
            case ENQUEUE, PUSH -> after.add(input);
            case DEQUEUE -> {
                var first = after.isEmpty() ? null : after.remove(0);
                return !operation.isOk() || Objects.equals(first, operation.output()) ? after : null;
            }
            case TXN -> throw new IllegalArgumentException("no transactions here");
        }
        return after;
    }

    private void add(List<@Nullable Object> to, Object more) {
        if (model == Model.COUNTER) {
            to.set(0, (Long) Objects.requireNonNull(to.get(0)) + (Long) more);
        } else if (!to.contains(more)) {
            to.add(more);
        }
    }

    private boolean isRead(List<@Nullable Object> state, @Nullable Object output) {
        return switch (model) {
            case REGISTER, COUNTER -> Objects.equals(state.get(0), output);
            case SET -> {
                var elements = output == null ? List.of() : (List<?>) output;
                yield elements.size() == state.size() && new HashSet<>(elements).equals(new HashSet<>(state));
            }
            case QUEUE, LIST -> state.equals(output == null ? List.of() : output);
        };
    }
}
