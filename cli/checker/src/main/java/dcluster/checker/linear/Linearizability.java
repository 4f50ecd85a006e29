package dcluster.checker.linear;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.linear.Search.End;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
        var bad = new ArrayList<Linearity.Key>();
        var undecided = new ArrayList<Linearity.Key>();
        for (int i = 0; i < keys.size(); i++) {
            long now = System.nanoTime();
            long left = Math.max(0, deadline - now);
            var key =
                    check(keys.get(i).getKey(), keys.get(i).getValue(), now + (i + 1 == keys.size() ? left : left / 2));
            if (key.end() == End.IMPOSSIBLE) {
                bad.add(key);
            } else if (key.end() != End.ORDERED) {
                undecided.add(key);
            }
        }
        return new Linearity(keys.size(), bad, undecided);
    }

    private Linearity.Key check(String key, List<Operation> operations, long deadline) {
        operations.forEach(this::requireKnown);
        var timeline = new Timeline(operations);
        var search = new Search(timeline, model, deadline, budget.bytes());
        var end = search.run();
        return new Linearity.Key(key, end, search.configurations());
    }

    private void requireKnown(Operation operation) {
        if (!model.functions().contains(operation.function())) {
            throw new IllegalArgumentException("line " + operation.invoked() + ": a " + model.word() + " has no "
                    + operation.function().word());
        }
    }
}
