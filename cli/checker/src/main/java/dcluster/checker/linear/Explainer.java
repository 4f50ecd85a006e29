package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import dcluster.checker.linear.Allowance.Spent;
import dcluster.checker.linear.Search.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the few operations that show why all of them have no order.
 *
 * <p>First it leaves out what came after the first return that no order reaches, and as much as it can of what came
 * before: the search that failed knows all states that the object may have been in at any return. From the rest it takes
 * demands away, half of them at a time, then fewer (Zeller's delta debugging): an observation is left out, another
 * operation may have taken effect or not. Each step only permits more orders; so if there is still none, those that are
 * left are enough.
 */
final class Explainer {
    /** More possible states than anybody wants to read. */
    private static final int MOST_STATES = 8;

    private static final long STEP_NANOS = 200_000_000;

    private final Timeline timeline;
    private final Search failed;
    private final Allowance allowance;

    /** A part of a history and the states in which the object may be before it. */
    private record Window(Collection<State> states, List<Operation> operations) {}

    /**
     * Explains that a search found no order. Where it took some values for one, it is repeated with values as they are if
     * that does not take too long, so that the states can be told.
     */
    static Explainer of(Timeline timeline, Search failed, Allowance allowance) {
        if (timeline.isExact()) {
            return new Explainer(timeline, failed, allowance);
        }
        var part = allowance.part(allowance.nanosLeft() / 4);
        try {
            var exact = timeline.exact(part);
            var search = new Search(exact, failed.statesAt(0), part);
            if (search.run() == End.IMPOSSIBLE) {
                return new Explainer(exact, search, allowance);
            }
        } catch (Spent spent) {
            // The states are told as far as they are known.
        }
        return new Explainer(timeline, failed, allowance);
    }

    private Explainer(Timeline timeline, Search failed, Allowance allowance) {
        this.timeline = timeline;
        this.failed = failed;
        this.allowance = allowance;
    }

    Explanation explain(String key) {
        var window = shrink(latest());
        var core = window.operations.stream()
                .filter(Operation::isOk)
                .sorted(Comparator.comparingInt(Operation::invoked))
                .toList();
        var states = window.states.stream().map(State::toString).sorted().toList();
        return new Explanation(key, states, core, timeline.size() - core.size(), isSmallest(window));
    }

    private End search(Window window) {
        var part = allowance.part(STEP_NANOS);
        try {
            return new Search(timeline.of(window.operations, part), window.states, part).run();
        } catch (Spent spent) {
            return spent.isTime() ? End.OUT_OF_TIME : End.OUT_OF_MEMORY;
        }
    }

    private boolean isImpossible(Window window) {
        return search(window) == End.IMPOSSIBLE;
    }

    // Less of the past

    /**
     * The window that begins last, of those from which the object has few states to begin in. What the failed search
     * found for the whole needs no search.
     */
    private Window latest() {
        Window best = null;
        for (int back = 1; back <= failed.stuckAt() && allowance.nanosLeft() > 0; back *= 2) {
            int from = failed.stuckAt() + 1 - back;
            for (var window : List.of(from(from, true), from(from, false))) {
                boolean isBetter = best == null || window.states.size() < best.states.size();
                best = isBetter && isImpossible(window) ? window : best;
            }
            if (best != null && best.states.size() <= MOST_STATES) {
                return best;
            }
        }
        return best == null ? from(0, false) : best;
    }

    /**
     * What was invoked after the return before this one, in any of the states in which that may have left the object. Of
     * what was open then, it is unknown whether it had taken effect. Of what is open at the end, its end may be left out;
     * or else all that could come before that is kept, without a demand.
     */
    private Window from(int atReturn, boolean isShort) {
        int begin = atReturn == 0 ? 0 : timeline.operation(atReturn - 1).ended();
        int stuck = timeline.operation(failed.stuckAt()).ended();
        int end = isShort ? stuck : lastEnd(stuck);
        var operations = new ArrayList<Operation>();
        for (int i = 0; i < timeline.size(); i++) {
            var operation = timeline.operation(i);
            if (operation.ended() > begin && operation.invoked() < end) {
                boolean isLate = operation.invoked() > stuck || operation.ended() > end;
                keep(operation, operation.invoked() < begin || isLate, operations);
            }
        }
        return new Window(failed.statesAt(atReturn), operations);
    }

    /** When all that was open at a moment had ended, of what was to end. */
    private int lastEnd(int moment) {
        int end = moment;
        for (int i = 0; i < timeline.returns(); i++) {
            var operation = timeline.operation(i);
            end = operation.invoked() < moment ? Math.max(end, operation.ended()) : end;
        }
        return end;
    }

    private static void keep(Operation operation, boolean isRelaxed, List<Operation> in) {
        if (!isRelaxed || !operation.isOk()) {
            in.add(operation);
        } else if (!Model.isObservation(operation)) {
            in.add(operation.withUnknownOutcome());
        }
    }

    // Fewer demands

    private Window shrink(Window window) {
        var operations = window.operations;
        for (int size = Math.max(1, operations.size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < operations.size(); from += size) {
                if (allowance.nanosLeft() <= 0) {
                    return new Window(window.states, operations);
                }
                var relaxed = relaxed(operations, from, Math.min(from + size, operations.size()));
                if (isImpossible(new Window(window.states, relaxed))) {
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
        operations.subList(from, to).forEach(operation -> keep(operation, true, relaxed));
        relaxed.addAll(operations.subList(to, operations.size()));
        return relaxed;
    }

    /** Whether, if any demand is left out, there is an order. */
    private boolean isSmallest(Window window) {
        for (int i = 0; i < window.operations.size(); i++) {
            if (window.operations.get(i).isOk()
                    && search(new Window(window.states, relaxed(window.operations, i, i + 1))) != End.ORDERED) {
                return false;
            }
        }
        return true;
    }
}
