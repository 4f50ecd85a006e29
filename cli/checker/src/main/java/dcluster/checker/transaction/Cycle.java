package dcluster.checker.transaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transactions each of which comes before the next, and the last before the first.
 *
 * @param isShortest whether there was time to find out that no other of the same kind is shorter
 */
record Cycle(List<Hop> hops, boolean isShortest) {
    /**
     * One transaction before another.
     *
     * @param key of the evidence; null where the order is that of time
     */
    record Hop(
            int from,
            int to,
            Relation relation,
            @Nullable String key,
            @Nullable Object before,
            @Nullable Object after) {}

    Cycle {
        hops = List.copyOf(hops);
    }

    int size() {
        return hops.size();
    }

    /** Whether no transaction is on it twice. */
    boolean isSimple() {
        return hops.stream().mapToInt(Hop::from).distinct().count() == hops.size();
    }

    Cycle asNotSearchedToTheEnd() {
        return new Cycle(hops, false);
    }
}
