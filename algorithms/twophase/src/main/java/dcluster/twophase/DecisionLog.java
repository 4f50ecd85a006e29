package dcluster.twophase;

import dcluster.toolkit.HandlerTable;
import dcluster.twophase.TwoPhaseRecord.Collecting;
import dcluster.twophase.TwoPhaseRecord.Decided;
import dcluster.twophase.TwoPhaseRecord.Ended;
import dcluster.twophase.TwoPhaseRecord.Founded;
import dcluster.twophase.TwoPhaseRecord.OfCoordinator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the coordinator knows durably: the transactions of which somebody may still have to learn the decision. Changed by
 * {@link #replay} alone.
 */
final class DecisionLog {
    private static final HandlerTable<DecisionLog, OfCoordinator> RECORDS = HandlerTable.of(
                    DecisionLog.class, OfCoordinator.class)
            .on(Founded.class, (log, record) -> log.number = OptionalInt.of(record.log()))
            .on(Collecting.class, (log, record) -> log.open.put(record.id(), record))
            .on(Decided.class, DecisionLog::decided)
            .on(Ended.class, (log, record) -> log.open.remove(record.id()))
            .build();

    /** Of a transaction with a handful of participants. */
    private static final int BYTES_EACH = 64;

    private OptionalInt number = OptionalInt.empty();

    /** Of each transaction the last record. */
    private final SortedMap<TransactionId, OfCoordinator> open = new TreeMap<>();

    void replay(OfCoordinator record) {
        RECORDS.dispatch(this, record);
    }

    private void decided(Decided record) {
        if (record.awaited().isEmpty()) {
            open.remove(record.id());
        } else {
            open.put(record.id(), record);
        }
    }

    /** The number that it was given when it began; empty if it has not. */
    OptionalInt number() {
        return number;
    }

    /** Whether a transaction is named by this log, once it has begun. */
    boolean isOwn(TransactionId id) {
        return number.orElseThrow() == id.log();
    }

    /**
     * Of each transaction that was begun in the log and not ended the decision, and who has to acknowledge it: where none
     * was recorded, it is an abort.
     */
    List<Decided> undelivered() {
        return open.values().stream().map(DecisionLog::decision).toList();
    }

    private static Decided decision(OfCoordinator last) {
        return last instanceof Collecting collecting
                ? new Decided(collecting.id(), false, collecting.participants())
                : (Decided) last;
    }

    /** What is recorded of a transaction that has not ended. */
    Optional<OfCoordinator> last(TransactionId id) {
        return Optional.ofNullable(open.get(id));
    }

    int size() {
        return open.size();
    }

    /** About what {@link #state} would take. */
    long bytes() {
        return (long) BYTES_EACH * open.size();
    }

    /** All of it, as records: what rewrites the journal. */
    Iterator<TwoPhaseRecord> state() {
        var records = new ArrayList<TwoPhaseRecord>();
        number.ifPresent(log -> records.add(new Founded(log)));
        records.addAll(open.values());
        return records.iterator();
    }

    SortedMap<String, Object> durableState() {
        var state = new TreeMap<String, Object>();
        state.put("log", number);
        state.put("open", List.copyOf(open.values()));
        return state;
    }
}
