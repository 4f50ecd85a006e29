package dcluster.paxos;

import dcluster.paxos.PaxosRecord.Accepted;
import dcluster.paxos.PaxosRecord.Chunk;
import dcluster.paxos.PaxosRecord.Installed;
import dcluster.paxos.PaxosRecord.Learned;
import dcluster.paxos.PaxosRecord.Mark;
import dcluster.paxos.PaxosRecord.Promised;
import dcluster.toolkit.Records;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The whole durable state as records, made one by one from what it was when this began: the state machine as a snapshot,
 * what is chosen and not applied, what is accepted, the promise, what is known of wipes, and a snapshot that was half
 * received. Replayed, they make the same state again, but for applied values that were kept for others.
 */
final class StateRecords {
    private StateRecords() {}

    /** Records hold about a chunk at most, but for a single value that is larger. */
    static Iterator<PaxosRecord> of(Replica replica) {
        var durable = replica.durable();
        int chunkBytes = replica.config().chunkBytes();
        var parts = new ArrayList<Iterator<? extends PaxosRecord>>();
        if (durable.machine().applied() > 0) {
            var own = new SnapshotId(
                    durable.machine().applied(),
                    replica.self(),
                    replica.context().incarnation(),
                    0);
            parts.add(snapshot(durable, own, chunkBytes));
        }
        parts.add(chosen(durable, chunkBytes));
        parts.add(accepted(durable, chunkBytes));
        var promised = durable.vows().promised();
        if (promised != null) {
            parts.add(List.of(new Promised(promised)).iterator());
        }
        parts.add(wipes(durable));
        parts.add(received(durable));
        return Records.concatenated(parts);
    }

    private static Iterator<PaxosRecord> snapshot(DurableState durable, SnapshotId own, int chunkBytes) {
        Iterator<Chunk> chunks = Records.ofChunks(
                durable.machine().freeze().chunks(chunkBytes), (number, chunk) -> new Chunk(own, number, chunk));
        return Records.concatenated(List.of(chunks, List.of(new Installed(own)).iterator()));
    }

    private static Iterator<Learned> chosen(DurableState durable, int chunkBytes) {
        var log = durable.log();
        long first = durable.machine().applied() + 1;
        return Records.ofEntries(
                first, log.slice(first, Integer.MAX_VALUE, Long.MAX_VALUE / 2), chunkBytes, Learned::new);
    }

    /** Of one ballot and consecutive instances as many as fit; those of lower ballots must come first. */
    private static Iterator<PaxosRecord> accepted(DurableState durable, int chunkBytes) {
        long chosen = durable.chosen();
        var records = new ArrayList<Run>();
        for (var placed : durable.vows().acceptedFrom(1)) {
            var last = records.isEmpty() ? null : records.get(records.size() - 1);
            if (last == null || !last.add(placed.slot(), placed.proposal(), chunkBytes)) {
                records.add(new Run(placed.slot(), placed.proposal()));
            }
        }
        // A vow is to accept nothing below what was accepted, so they are made again in the order of their ballots.
        records.sort((a, b) -> a.ballot.compareTo(b.ballot));
        return records.stream().map(run -> run.record(chosen)).iterator();
    }

    /** Consecutive instances in which the same ballot was accepted. */
    private static final class Run {
        private final Ballot ballot;
        private final long slot;
        private final List<Value> values = new ArrayList<>();
        private long bytes;

        Run(long slot, Proposal first) {
            this.ballot = first.ballot();
            this.slot = slot;
            values.add(first.value());
            bytes = first.bytes();
        }

        boolean add(long next, Proposal proposal, int chunkBytes) {
            boolean fits = next == slot + values.size()
                    && proposal.ballot().equals(ballot)
                    && bytes + proposal.bytes() <= chunkBytes;
            if (fits) {
                values.add(proposal.value());
                bytes += proposal.bytes();
            }
            return fits;
        }

        PaxosRecord record(long chosen) {
            return ballot.equals(Ballot.CHOSEN)
                    ? new Learned(slot, values)
                    : new Accepted(ballot, slot, values, chosen);
        }
    }

    /** A promise that is higher than the one of the recovery stands before it. */
    private static Iterator<PaxosRecord> wipes(DurableState durable) {
        var records = new ArrayList<PaxosRecord>();
        if (durable.recovered() != null) {
            records.add(durable.recovered());
        }
        durable.marks().incarnations().forEach((node, incarnation) -> records.add(new Mark(node, incarnation)));
        return records.iterator();
    }

    private static Iterator<Chunk> received(DurableState durable) {
        var incoming = durable.incoming();
        return incoming == null
                ? List.<Chunk>of().iterator()
                : Records.ofChunks(
                        incoming.chunks().iterator(), (number, chunk) -> new Chunk(incoming.id(), number, chunk));
    }
}
