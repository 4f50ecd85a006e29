package dcluster.checker.transaction;

import dcluster.checker.graph.Components;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the shortest cycle of a kind: from each transaction on a cycle, within its component. Its work is bounded;
 * if that does not suffice, the shortest cycle so far is taken.
 */
final class CycleSearch {
    /** The relation of the first step, of those in between, and of the last step back to the first transaction. */
    record Pattern(Set<Relation> first, Set<Relation> middle, Set<Relation> last) {}

    /** Arcs to look at: less than a second's work. */
    private static final long MOST_WORK = 20_000_000;

    private static final int LOOK_EVERY = 64;

    private final View view;
    private final Components components;
    private final Deadline deadline;

    CycleSearch(View view, Components components, Deadline deadline) {
        this.view = view;
        this.components = components;
        this.deadline = deadline;
    }

    /** The shortest cycle of a kind on which no transaction is twice; null if none was found. */
    @Nullable
    Cycle shortest(Pattern pattern) {
        var walk = new Walk(view, components, pattern);
        Cycle best = null;
        for (int start = 0; start < view.graph().transactions(); start++) {
            if (components.of(start) == Components.NONE) {
                continue;
            }
            if (walk.work() > MOST_WORK || (start % LOOK_EVERY == 0 && deadline.isOver())) {
                return best == null ? null : best.asNotSearchedToTheEnd();
            }
            var cycle = walk.cycle(start, best == null ? Integer.MAX_VALUE : best.size());
            if (cycle != null && cycle.isSimple()) {
                best = cycle;
            }
            if (best != null && best.size() == 2) {
                return best;
            }
        }
        return best;
    }
}
