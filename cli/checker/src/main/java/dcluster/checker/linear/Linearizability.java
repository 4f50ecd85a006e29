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
     * but the last. A bad key is explained within its time. One bad key is enough to make a history bad, even if others
     * could not be decided.
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
            if (left <= 0) {
                undecided.add(new Undecided(key, true, operations.size(), 0));
                continue;
            }
            var allowance = new Allowance(now + (i + 1 == keys.size() ? left : left / 2), budget.bytes());
            try {
                check(key, operations, allowance, bad, undecided);
            } catch (Spent spent) {
                undecided.add(new Undecided(key, spent.isTime(), operations.size(), 0));
            }
        }
        return new Linearity(keys.size(), bad, undecided);
    }

    private void check(
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
