package dcluster.twophase;

import dcluster.spi.Limits;
import dcluster.spi.Response;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Store;
import dcluster.twophase.TwoPhaseRecord.Aborted;
import dcluster.twophase.TwoPhaseRecord.Applied;
import dcluster.twophase.TwoPhaseRecord.Committed;
import dcluster.twophase.TwoPhaseRecord.Contradicted;
import dcluster.twophase.TwoPhaseRecord.Learned;
import dcluster.twophase.TwoPhaseRecord.OfParticipant;
import dcluster.twophase.TwoPhaseRecord.Outcome;
import dcluster.twophase.TwoPhaseRecord.Prepared;
import dcluster.twophase.TwoPhaseRecord.Remembered;
import dcluster.twophase.TwoPhaseRecord.Resolved;
import dcluster.twophase.TwoPhaseRecord.Restored;
import dcluster.twophase.TwoPhaseRecord.Unconfirmed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one participant holds durably: its keys, what it has voted yes on, what became of that, and what operators decided
 * of it. Changed by {@link #replay} alone.
 */
final class Shard {
    private static final HandlerTable<Shard, OfParticipant> RECORDS = HandlerTable.of(Shard.class, OfParticipant.class)
            .on(Applied.class, Shard::applied)
            .on(Prepared.class, Shard::prepared)
            .on(Committed.class, (shard, record) -> shard.end(record.id(), true))
            .on(Aborted.class, (shard, record) -> shard.end(record.id(), false))
            .on(Resolved.class, Shard::resolved)
            .on(Learned.class, Shard::learned)
            .on(Restored.class, (shard, record) -> shard.store.restore(record.chunk()))
            .on(Remembered.class, (shard, record) -> shard.outcomes.restore(record))
            .on(Unconfirmed.class, Shard::unconfirmed)
            .on(Contradicted.class, Shard::contradicted)
            .build();

    private final Store store = new Store();
    private final SortedMap<TransactionId, Prepared> prepared = new TreeMap<>();
    private final Outcomes outcomes;
    private final SortedMap<TransactionId, Unconfirmed> unconfirmed = new TreeMap<>();
    private final SortedMap<TransactionId, Contradicted> contradicted = new TreeMap<>();

    /** What the command replayed last answered. */
    private @Nullable Response answer;

    Shard(int mostOutcomes) {
        this.outcomes = new Outcomes(mostOutcomes);
    }

    void replay(OfParticipant record) {
        RECORDS.dispatch(this, record);
    }

    private void applied(Applied record) {
        answer = store.apply(record.command());
    }

    private void prepared(Prepared record) {
        prepared.put(record.id(), record);
    }

    private void end(TransactionId id, boolean commits) {
        carryOut(id, commits);
        outcomes.add(new Outcome(id, commits));
    }

    private Prepared carryOut(TransactionId id, boolean commits) {
        var ending = prepared.remove(id);
        if (ending == null) {
            throw new IllegalStateException("ended and not prepared: id=" + id);
        }
        // Its keys have been locked since it was executed, so it can be carried out as it was then.
        if (commits && !(store.apply(ending.part()) instanceof Response.Ok)) {
            throw new IllegalStateException("prepared and cannot be committed: id=" + id);
        }
        return ending;
    }

    private void resolved(Resolved record) {
        var ending = carryOut(record.id(), record.commits());
        unconfirmed.put(record.id(), new Unconfirmed(ending, record.commits()));
    }

    private void unconfirmed(Unconfirmed record) {
        unconfirmed.put(record.prepared().id(), record);
    }

    private void learned(Learned record) {
        var decided = unconfirmed.remove(record.id());
        outcomes.add(new Outcome(record.id(), record.commits()));
        if (decided != null && decided.commits() != record.commits()) {
            contradicted(new Contradicted(record.id(), record.commits()));
        }
    }

    private void contradicted(Contradicted record) {
        contradicted.put(record.id(), record);
    }

    // What it holds

    Store store() {
        return store;
    }

    /** What the command that was journalled last answered. */
    Response answer() {
        if (answer == null) {
            throw new IllegalStateException("journalling did not replay");
        }
        return answer;
    }

    /** Its vote on that transaction, if it is yes and the decision is not known. */
    Optional<Prepared> prepared(TransactionId id) {
        return Optional.ofNullable(prepared.get(id));
    }

    /** All that is voted on and not decided. */
    Collection<Prepared> prepared() {
        return Collections.unmodifiableCollection(prepared.values());
    }

    Outcomes outcomes() {
        return outcomes;
    }

    /** What an operator decided of a transaction, if nobody has confirmed or contradicted that. */
    Optional<Unconfirmed> unconfirmed(TransactionId id) {
        return Optional.ofNullable(unconfirmed.get(id));
    }

    Collection<Unconfirmed> unconfirmed() {
        return Collections.unmodifiableCollection(unconfirmed.values());
    }

    /** Decisions that operators had decided against. */
    Collection<Contradicted> contradicted() {
        return Collections.unmodifiableCollection(contradicted.values());
    }

    boolean isContradicted(TransactionId id) {
        return contradicted.containsKey(id);
    }

    /** Whether that transaction was ever voted yes on here; empty if that may be forgotten. */
    Optional<Boolean> everPrepared(TransactionId id) {
        if (prepared.containsKey(id)
                || unconfirmed.containsKey(id)
                || outcomes.of(id).isPresent()) {
            return Optional.of(true);
        }
        return outcomes.reachBack(id) ? Optional.of(false) : Optional.empty();
    }

    /** All of it, as records: what rewrites the journal. */
    Iterator<TwoPhaseRecord> state() {
        var rest = new ArrayList<TwoPhaseRecord>(List.of(outcomes.remembered()));
        rest.addAll(prepared.values());
        rest.addAll(unconfirmed.values());
        rest.addAll(contradicted.values());
        var chunks = store.freeze().chunks(Limits.CHUNK_BYTES);
        var restored = StreamSupport.stream(Spliterators.spliteratorUnknownSize(chunks, 0), false)
                .<TwoPhaseRecord>map(Restored::new);
        return Stream.concat(restored, rest.stream()).iterator();
    }

    /** About what {@link #state} would take. */
    long bytes() {
        long undecided = Stream.concat(
                        prepared.values().stream(),
                        unconfirmed.values().stream().map(Unconfirmed::prepared))
                .mapToLong(each -> each.part().bytes())
                .sum();
        return store.bytes() + outcomes.bytes() + undecided;
    }

    SortedMap<String, Object> durableState() {
        var state = new TreeMap<String, Object>();
        state.put("state hash", store.hash());
        state.put("prepared", List.copyOf(prepared.values()));
        state.put("outcomes", outcomes.remembered());
        state.put("unconfirmed", List.copyOf(unconfirmed.values()));
        state.put("contradicted", List.copyOf(contradicted.values()));
        return state;
    }
}
