package dcluster.checker.linear;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Checks histories for linearizability, key by key. */
public final class Linearizability {
    private final Model model;
    private final Budget budget;

    public Linearizability(Model model, Budget budget) {
        this.model = model;
        this.budget = budget;
    }

    /**
     * Checks all keys, those with few operations first; none of them may take more than half of the time that is left,
     * but the last. One bad key is enough to make a history bad, even if others could not be decided.
     *
     * @throws IllegalArgumentException if the history has operations that the model does not know
     */
    public Linearity check(History history) {
        long deadline = System.nanoTime() + budget.time().toNanos();
        var keys = new ArrayList<>(history.byKey().entrySet());
        keys.sort(Comparator.comparingInt(key -> key.getValue().size()));
        var bad = new ArrayList<Explanation>();
        var undecided = new ArrayList<Linearity.Undecided>();
        for (int i = 0; i < keys.size(); i++) {
            long now = System.nanoTime();
            long left = Math.max(0, deadline - now);
            long share = i + 1 == keys.size() ? left : left / 2;
            var operations = keys.get(i).getValue();
            operations.forEach(model::requireFits);
            check(keys.get(i).getKey(), operations, now + share, bad, undecided);
        }
        return new Linearity(keys.size(), bad, undecided);
    }

    private void check(
            String key,
            List<Operation> operations,
            long deadline,
            List<Explanation> bad,
            List<Linearity.Undecided> undecided) {
        var timeline = new Timeline(operations, model.meaning(operations));
        var search = new Search(timeline, Set.of(model.initial()), deadline, budget.bytes());
        switch (search.run()) {
            case ORDERED -> {
                // Nothing to tell.
            }
            case IMPOSSIBLE ->
                bad.add(new Explainer(model, key, operations, budget).explain(timeline.operation(search.stuckAt())));
            case OUT_OF_TIME ->
                undecided.add(new Linearity.Undecided(key, true, operations.size(), search.configurations()));
            case OUT_OF_MEMORY ->
                undecided.add(new Linearity.Undecided(key, false, operations.size(), search.configurations()));
        }
    }
}
