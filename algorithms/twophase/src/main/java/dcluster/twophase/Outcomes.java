package dcluster.twophase;

import dcluster.twophase.TwoPhaseRecord.Outcome;
import dcluster.twophase.TwoPhaseRecord.Remembered;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the transactions ended that were prepared here: the last of them, so that others in doubt can be told. */
final class Outcomes {
    private static final int BYTES_EACH = 16;

    private final int most;
    private final ArrayDeque<Outcome> order = new ArrayDeque<>();

    /** Looked up and never iterated over. */
    private final Map<TransactionId, Boolean> known = new HashMap<>();

    /** Of each log of a coordinator the greatest that is known no more. */
    private final SortedMap<Integer, TransactionId> forgotten = new TreeMap<>();

    private long count;

    Outcomes(int most) {
        this.most = most;
    }

    void add(Outcome outcome) {
        if (known.put(outcome.id(), outcome.commits()) != null) {
            throw new IllegalStateException("a transaction ended twice: " + outcome);
        }
        order.addLast(outcome);
        count++;
        if (order.size() > most) {
            var first = order.removeFirst().id();
            known.remove(first);
            forget(first);
        }
    }

    private void forget(TransactionId id) {
        forgotten.merge(id.log(), id, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    /** Whether it was committed; empty if it has not ended, or is forgotten. */
    Optional<Boolean> of(TransactionId id) {
        return Optional.ofNullable(known.get(id));
    }

    /** Whether a transaction of that name, had it ended here, would still be known. */
    boolean reachBack(TransactionId id) {
        var greatest = forgotten.get(id.log());
        return greatest == null || greatest.compareTo(id) < 0;
    }

    /** About what {@link #remembered} takes. */
    long bytes() {
        return (long) BYTES_EACH * order.size();
    }

    /** How many there ever were, the forgotten ones included. */
    long count() {
        return count;
    }

    /** Up to so many of the last ones, the last first. */
    List<Outcome> last(long most) {
        var last = new ArrayList<Outcome>();
        for (var outcomes = order.descendingIterator(); outcomes.hasNext() && last.size() < most; ) {
            last.add(outcomes.next());
        }
        return last;
    }

    /** All of it, for a journal that is rewritten. */
    Remembered remembered() {
        return new Remembered(new ArrayList<>(order), List.copyOf(forgotten.values()));
    }

    void restore(Remembered remembered) {
        remembered.outcomes().forEach(this::add);
        remembered.forgotten().forEach(this::forget);
    }
}
