package dcluster.raft;

import dcluster.raft.RaftRecord.Append;
import dcluster.raft.RaftRecord.Chunk;
import dcluster.raft.RaftRecord.Installed;
import dcluster.raft.RaftRecord.Term;
import dcluster.toolkit.Entry;
import dcluster.toolkit.StoreChunk;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The whole durable state as records, made one by one from what it was when this began: the state machine as a
 * snapshot, term and vote, the log behind the snapshot, and a snapshot that was half received. Replayed, they make the
 * same state again, but for applied entries that were kept for others.
 */
final class StateRecords implements Iterator<RaftRecord> {
    private final Iterator<Iterator<? extends RaftRecord>> parts;
    private Iterator<? extends RaftRecord> part = List.<RaftRecord>of().iterator();

    private StateRecords(List<Iterator<? extends RaftRecord>> parts) {
        this.parts = parts.iterator();
    }

    /** Records hold about {@code chunkBytes} at most, but for a single value or entry that is larger. */
    static Iterator<RaftRecord> of(DurableState durable, int chunkBytes) {
        return new StateRecords(
                List.of(snapshot(durable, chunkBytes), term(durable), suffix(durable, chunkBytes), received(durable)));
    }

    private static Iterator<? extends RaftRecord> snapshot(DurableState durable, int chunkBytes) {
        long applied = durable.machine().applied();
        if (applied == 0) {
            return List.<RaftRecord>of().iterator();
        }
        var id = SnapshotId.own(applied, durable.log().termAt(applied));
        var chunks = new Numbered(id, durable.machine().freeze().chunks(chunkBytes));
        return new StateRecords(List.of(chunks, List.of(new Installed(id)).iterator()));
    }

    private static Iterator<? extends RaftRecord> term(DurableState durable) {
        return durable.term() == 0
                ? List.<RaftRecord>of().iterator()
                : List.of(new Term(durable.term(), Optional.ofNullable(durable.vote())))
                        .iterator();
    }

    private static Iterator<? extends RaftRecord> suffix(DurableState durable, int chunkBytes) {
        var log = durable.log();
        long first = durable.machine().applied() + 1;
        return new Batches(first, log.slice(first, Integer.MAX_VALUE, Long.MAX_VALUE / 2), chunkBytes);
    }

    private static Iterator<? extends RaftRecord> received(DurableState durable) {
        var incoming = durable.incoming();
        return incoming == null
                ? List.<RaftRecord>of().iterator()
                : new Numbered(incoming.id(), incoming.chunks().iterator());
    }

    @Override
    public boolean hasNext() {
        while (!part.hasNext() && parts.hasNext()) {
            part = parts.next();
        }
        return part.hasNext();
    }

    @Override
    public RaftRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return part.next();
    }

    /** Chunks as records, numbered from 0. */
    private static final class Numbered implements Iterator<Chunk> {
        private final SnapshotId id;
        private final Iterator<StoreChunk> chunks;
        private int number;

        Numbered(SnapshotId id, Iterator<StoreChunk> chunks) {
            this.id = id;
            this.chunks = chunks;
        }

        @Override
        public boolean hasNext() {
            return chunks.hasNext();
        }

        @Override
        public Chunk next() {
            return new Chunk(id, number++, chunks.next());
        }
    }

    /** Entries as records of a size that can be written without a stall. */
    private static final class Batches implements Iterator<Append> {
        private final List<Entry> entries;
        private final long first;
        private final int chunkBytes;
        private int given;

        Batches(long first, List<Entry> entries, int chunkBytes) {
            this.first = first;
            this.entries = entries;
            this.chunkBytes = chunkBytes;
        }

        @Override
        public boolean hasNext() {
            return given < entries.size();
        }

        @Override
        public Append next() {
            var batch = new ArrayList<Entry>();
            long index = first + given;
            long bytes = 0;
            do {
                var entry = entries.get(given++);
                batch.add(entry);
                bytes += entry.bytes();
            } while (hasNext() && bytes + entries.get(given).bytes() <= chunkBytes);
            return new Append(index, batch);
        }
    }
}
