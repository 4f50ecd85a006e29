package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import dcluster.checker.linear.Search.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the few operations that show why all of them have no order.
 *
 * <p>First it leaves out what came after the first return that no order reaches, and what came before the last moment
 * of rest from whose possible states there is no order either. From the rest it takes demands away, half of them at a
 * time, then fewer (Zeller's delta debugging): an observation is left out, another operation may have taken effect or
 * not. Each step only permits more orders; so if there is still none, those that are left are enough.
 */
final class Explainer {
    /** More possible states than anybody wants to read. */
    private static final int MOST_STATES = 8;

    private static final long STEP_NANOS = 200_000_000;

    private final Model model;
    private final String key;
    private final List<Operation> speaking;
    private final UnaryOperator<Operation> meaning;
    private final long deadline;
    private final long mostBytes;
    private boolean isSmallest = true;

    /** A part of a history and the states in which the object may be before it. */
    private record Window(Collection<State> states, List<Operation> operations) {}

    /** Explains operations on one key that have no order. */
    Explainer(Model model, String key, List<Operation> operations, Budget left) {
        this.model = model;
        this.key = key;
        speaking = operations.stream()
                .filter(operation -> !Model.isMute(operation))
                .toList();
        meaning = model.meaning(operations);
        deadline = System.nanoTime() + left.time().toNanos();
        mostBytes = left.bytes();
    }

    /** {@code stuck} is the first operation of which no order reaches the return. */
    Explanation explain(Operation stuck) {
        var window = shrink(fromRest(until(stuck)));
        var core = window.operations.stream()
                .filter(Operation::isOk)
                .sorted(Comparator.comparingInt(Operation::invoked))
                .toList();
        var states = window.states.stream().map(State::toString).sorted().toList();
        return new Explanation(key, states, core, speaking.size() - core.size(), isSmallest);
    }

    private boolean isImpossible(Collection<State> from, List<Operation> operations) {
        return search(from, operations).run() == End.IMPOSSIBLE;
    }

    private Search search(Collection<State> from, List<Operation> operations) {
        long soon = Math.min(deadline - System.nanoTime(), STEP_NANOS);
        return new Search(new Timeline(operations, meaning), from, System.nanoTime() + soon, mostBytes);
    }

    private List<Operation> until(Operation stuck) {
        var before = speaking.stream()
                .filter(operation -> operation.invoked() < stuck.ended())
                .toList();
        var relaxed = before.stream()
                .map(operation -> operation.ended() > stuck.ended() ? operation.withUnknownOutcome() : operation)
                .toList();
        return isImpossible(Set.of(model.initial()), relaxed) ? relaxed : before;
    }

    // From a moment of rest

    private Window fromRest(List<Operation> operations) {
        var byInvocation = operations.stream()
                .sorted(Comparator.comparingInt(Operation::invoked))
                .toList();
        var rests = rests(byInvocation);
        for (int back = 1; back <= rests.size(); back *= 2) {
            var window = from(byInvocation, rests.get(rests.size() - back));
            if (window != null) {
                return window;
            }
        }
        return new Window(Set.of(model.initial()), operations);
    }

    /** Before which operations, by number, all that were to return had returned. */
    private static List<Integer> rests(List<Operation> byInvocation) {
        var rests = new ArrayList<Integer>();
        int lastEnd = -1;
        for (int i = 0; i < byInvocation.size(); i++) {
            var operation = byInvocation.get(i);
            if (i > 0 && lastEnd < operation.invoked()) {
                rests.add(i);
            }
            lastEnd = operation.isOk() ? Math.max(lastEnd, operation.ended()) : lastEnd;
        }
        return rests;
    }

    private @Nullable Window from(List<Operation> byInvocation, int rest) {
        var before = byInvocation.subList(0, rest);
        var search = search(Set.of(model.initial()), before);
        if (search.runAll() != End.ORDERED || search.finals().size() > MOST_STATES) {
            return null;
        }
        var window = new ArrayList<>(
                before.stream().filter(Operation::isIndeterminate).toList());
        window.addAll(byInvocation.subList(rest, byInvocation.size()));
        return isImpossible(search.finals(), window) ? new Window(search.finals(), window) : null;
    }

    // Fewer demands

    private Window shrink(Window window) {
        var operations = window.operations;
        for (int size = Math.max(1, operations.size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < operations.size(); from += size) {
                if (System.nanoTime() - deadline > 0) {
                    isSmallest = false;
                    return new Window(window.states, operations);
                }
                var relaxed = relaxed(operations, from, Math.min(from + size, operations.size()));
                if (isImpossible(window.states, relaxed)) {
                    from -= operations.size() - relaxed.size();
                    operations = relaxed;
                }
            }
        }
        return new Window(window.states, operations);
    }

    /** Without the demands of some. */
    private static List<Operation> relaxed(List<Operation> operations, int from, int to) {
        var relaxed = new ArrayList<>(operations.subList(0, from));
        for (var operation : operations.subList(from, to)) {
            if (!operation.isOk()) {
                relaxed.add(operation);
            } else if (!Model.isObservation(operation)) {
                relaxed.add(operation.withUnknownOutcome());
            }
        }
        relaxed.addAll(operations.subList(to, operations.size()));
        return relaxed;
    }
}
