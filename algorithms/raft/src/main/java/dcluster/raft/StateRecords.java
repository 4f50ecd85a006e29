package dcluster.raft;

import dcluster.raft.RaftRecord.Append;
import dcluster.raft.RaftRecord.Chunk;
import dcluster.raft.RaftRecord.Installed;
import dcluster.raft.RaftRecord.Mark;
import dcluster.raft.RaftRecord.Term;
import dcluster.toolkit.Records;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The whole durable state as records, made one by one from what it was when this began: the state machine as a
 * snapshot, term and vote, what is known of wipes, the log behind the snapshot, and a snapshot that was half received. Replayed, they make the
 * same state again, but for applied entries that were kept for others.
 */
final class StateRecords {
    private StateRecords() {}

    /** Records hold about {@code chunkBytes} at most, but for a single value or entry that is larger. */
    static Iterator<RaftRecord> of(DurableState durable, int chunkBytes) {
        return Records.concatenated(List.of(
                snapshot(durable, chunkBytes),
                wipes(durable),
                term(durable),
                suffix(durable, chunkBytes),
                received(durable)));
    }

    private static Iterator<? extends RaftRecord> snapshot(DurableState durable, int chunkBytes) {
        long applied = durable.machine().applied();
        if (applied == 0) {
            return List.<RaftRecord>of().iterator();
        }
        var id = SnapshotId.own(applied, durable.log().termAt(applied));
        Iterator<Chunk> chunks = Records.ofChunks(
                durable.machine().freeze().chunks(chunkBytes), (number, chunk) -> new Chunk(id, number, chunk));
        return Records.<RaftRecord>concatenated(
                List.of(chunks, List.of(new Installed(id)).iterator()));
    }

    private static Iterator<? extends RaftRecord> wipes(DurableState durable) {
        var records = new ArrayList<RaftRecord>();
        var recovered = durable.recovered();
        if (recovered != null) {
            records.add(recovered);
        }
        durable.marks().incarnations().forEach((node, incarnation) -> records.add(new Mark(node, incarnation)));
        return records.iterator();
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
        return Records.ofEntries(
                first, log.slice(first, Integer.MAX_VALUE, Long.MAX_VALUE / 2), chunkBytes, Append::new);
    }

    private static Iterator<? extends RaftRecord> received(DurableState durable) {
        var incoming = durable.incoming();
        return incoming == null
                ? List.<RaftRecord>of().iterator()
                : Records.ofChunks(
                        incoming.chunks().iterator(), (number, chunk) -> new Chunk(incoming.id(), number, chunk));
    }
}
