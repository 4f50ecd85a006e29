package dcluster.quorum;

import dcluster.quorum.QuorumRecord.Dropped;
import dcluster.quorum.QuorumRecord.HandedOff;
import dcluster.quorum.QuorumRecord.Owed;
import dcluster.quorum.QuorumRecord.Settled;
import dcluster.quorum.QuorumRecord.Stored;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.KeyedState;
import dcluster.toolkit.PersistentMap;
import dcluster.toolkit.StateHash;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The durable state of a node: what it holds of each key, and to whom it owes which. */
final class Holdings {
    private static final HandlerTable<Holdings, QuorumRecord> RECORDS = HandlerTable.of(
                    Holdings.class, QuorumRecord.class)
            .on(Stored.class, Holdings::stored)
            .on(Owed.class, Holdings::owed)
            .on(HandedOff.class, Holdings::handedOff)
            .on(Dropped.class, Holdings::dropped)
            .on(Settled.class, Holdings::settled)
            .build();

    /** About what a record of a key owed takes, but for the key. */
    private static final long OWED_OVERHEAD_BYTES = 32;

    private final Held none;
    private final MerkleTrees trees;
    private KeyedState<Held> held = KeyedState.empty();

    /** The keys that are owed to a node; each stands for itself. No node without any. */
    private final SortedMap<NodeId, PersistentMap<Bytes, Bytes>> owed = new TreeMap<>();

    /** About what the records of all that is owed take. */
    private long owedBytes;

    private Settled settled = Settled.NOWHERE;

    /** The trees are kept up with what is held. */
    Holdings(Versioning versioning, MerkleTrees trees) {
        this.none = Held.none(versioning);
        this.trees = trees;
    }

    void replay(QuorumRecord record) {
        RECORDS.dispatch(this, record);
    }

    private void stored(Stored record) {
        var now = new Held(record.versions(), record.mine());
        trees.changed(record.key(), of(record.key()), now);
        held = held.with(record.key(), now);
    }

    private void owed(Owed record) {
        if (!isOwed(record.key(), record.to())) {
            owed.put(record.to(), owedTo(record.to()).put(record.key(), record.key()));
            owedBytes += owedBytes(record.key());
        }
    }

    private void handedOff(HandedOff record) {
        if (isOwed(record.key(), record.to())) {
            owed.computeIfPresent(record.to(), (to, keys) -> {
                var rest = keys.remove(record.key());
                return rest.isEmpty() ? null : rest;
            });
            owedBytes -= owedBytes(record.key());
        }
    }

    private static long owedBytes(Bytes key) {
        return OWED_OVERHEAD_BYTES + key.size();
    }

    private void dropped(Dropped record) {
        trees.changed(record.key(), of(record.key()), none);
        held = held.without(record.key());
    }

    private void settled(Settled record) {
        settled = record;
    }

    Held of(Bytes key) {
        var found = held.get(key);
        return found == null ? none : found;
    }

    /** What is held, as it is now; later changes do not touch it. */
    KeyedState<Held> freeze() {
        return held;
    }

    /** To whom something is owed. */
    List<NodeId> creditors() {
        return List.copyOf(owed.keySet());
    }

    /** The keys that are owed to a node. */
    PersistentMap<Bytes, Bytes> owedTo(NodeId node) {
        return owed.getOrDefault(node, PersistentMap.empty());
    }

    boolean isOwed(Bytes key, NodeId to) {
        return owedTo(to).get(key) != null;
    }

    boolean isOwedToAnybody(Bytes key) {
        return owed.values().stream().anyMatch(keys -> keys.get(key) != null);
    }

    /** How many keys are owed, each as often as nodes are to be given it. */
    long owedCount() {
        return owed.values().stream().mapToLong(PersistentMap::size).sum();
    }

    /** The same for the same keys owed to the same nodes; costs as much as they are many. */
    long owedHash() {
        long hash = 0;
        for (var each : owed.entrySet()) {
            hash = StateHash.both(hash, StateHash.of(Bytes.utf8(each.getKey().name())));
            for (var key : each.getValue()) {
                hash = StateHash.both(hash, StateHash.of(key.key()));
            }
        }
        return hash;
    }

    /** About the size of all {@link #records}. */
    long bytes() {
        return held.bytes() + owedBytes;
    }

    /** The nodes of the ring that was reached last; empty if none was yet. */
    List<NodeId> settled() {
        return settled.nodes();
    }

    /** The nodes of the ring from which that one was reached; empty if keys were placed there at first. */
    List<NodeId> settledFrom() {
        return settled.former();
    }

    /** All of it, as it is now, as records that make it again. */
    Iterator<QuorumRecord> records() {
        var stored = stream(held.records((key, now) -> new Stored(key, now.versions(), now.mine())));
        var owing = new TreeMap<>(owed)
                .entrySet().stream()
                        .flatMap(each -> stream(each.getValue().iterator())
                                .map(mapping -> new Owed(mapping.key(), each.getKey())));
        var ring = settled.nodes().isEmpty() ? Stream.<QuorumRecord>of() : Stream.of(settled);
        return Stream.<Stream<? extends QuorumRecord>>of(stored, owing, ring)
                .<QuorumRecord>flatMap(records -> records)
                .iterator();
    }

    private static <E> Stream<E> stream(Iterator<E> elements) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED), false);
    }
}
