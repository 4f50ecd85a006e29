package dcluster.checker.linear;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.UnfitException;
import dcluster.checker.linear.Allowance.Spent;
import dcluster.checker.linear.Linearity.Undecided;
import dcluster.checker.linear.Search.End;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** Checks histories for linearizability, key by key. */
public final class Linearizability {
    private static final long STATES_NANOS = 500_000_000;

    private final Model model;
    private final Budget budget;

    public Linearizability(Model model, Budget budget) {
        this.model = model;
        this.budget = budget;
    }

    /** As {@link #check(History, IntConsumer)}, without being told. */
    public Linearity check(History history) {
        return check(history, keys -> {});
    }

    /**
     * Checks all keys, those with few operations first; none of them may take more than half of the time that is left,
     * but the last. What can be said without a search is said first. A bad key is explained within its time. One bad key
     * is enough to make a history bad, even if others could not be decided.
     *
     * @param progress is told how many keys were looked at
     * @throws UnfitException if the history has operations that the model does not know
     */
    public Linearity check(History history, IntConsumer progress) {
        history.operations().forEach(model::requireFits);
        long deadline = System.nanoTime() + budget.time().toNanos();
        var keys = new ArrayList<>(history.byKey().entrySet());
        keys.sort(Comparator.comparingInt(key -> key.getValue().size()));
        var bad = new ArrayList<Explanation>();
        var undecided = new ArrayList<Linearity.Undecided>();
        for (int i = 0; i < keys.size(); i++) {
            progress.accept(i);
            long now = System.nanoTime();
            long left = deadline - now;
            var key = keys.get(i).getKey();
            var operations = keys.get(i).getValue();
            var allowance = new Allowance(now + (i + 1 == keys.size() ? left : left / 2), budget.bytes());
            try {
                var impossible = NecessaryChecks.impossible(model, operations, allowance);
                if (impossible.isPresent()) {
                    bad.add(explain(key, operations, impossible.get(), allowance));
                } else if (left <= 0) {
                    undecided.add(new Undecided(key, true, operations.size(), 0));
                } else if (model != Model.LIST || !PushedOnce.isOrdered(operations, allowance)) {
                    search(key, operations, allowance, bad, undecided);
                }
            } catch (Spent spent) {
                undecided.add(new Undecided(key, spent.isTime(), operations.size(), 0));
            }
        }
        return new Linearity(keys.size(), bad, undecided);
    }

    /**
     * Explains that one operation is impossible. If a search soon finds something as small it is told instead, for a
     * search knows the states before, too.
     */
    private Explanation explain(String key, List<Operation> operations, Operation impossible, Allowance allowance) {
        var part = allowance.part(Math.min(STATES_NANOS, allowance.nanosLeft() / 8));
        var found = new ArrayList<Explanation>();
        try {
            search(key, operations, part, found, new ArrayList<>());
        } catch (Spent spent) {
            // The states are not told.
        }
        if (!found.isEmpty() && found.get(0).isSmallest()) {
            return found.get(0);
        }
        long speaking = operations.stream()
                .filter(operation -> !Model.isMute(operation))
                .count();
        return new Explanation(key, List.of(), List.of(impossible), (int) speaking - 1, true);
    }

    private void search(
            String key,
            List<Operation> operations,
            Allowance allowance,
            List<Explanation> bad,
            List<Undecided> undecided)
            throws Spent {
        var timeline = new Timeline(model.relevant(operations), model.meaning(operations), allowance);
        var search = new Search(timeline, Set.of(model.initial()), allowance);
        var end = search.run();
        if (end == End.IMPOSSIBLE) {
            bad.add(Explainer.of(timeline, search, allowance).explain(key));
        } else if (end != End.ORDERED) {
            undecided.add(new Undecided(key, end == End.OUT_OF_TIME, operations.size(), search.configurations()));
        }
    }
}
