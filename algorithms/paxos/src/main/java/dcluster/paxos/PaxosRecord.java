package dcluster.paxos;

import dcluster.spi.NodeId;
import dcluster.toolkit.Marks;
import dcluster.toolkit.StoreChunk;
import java.util.List;

/**
 * What a replica must not forget, written as changes. A crash keeps a prefix of these, so what must change together stands
 * in one record.
 */
sealed interface PaxosRecord {
    /** It will accept nothing below this ballot. */
    record Promised(Ballot ballot) implements PaxosRecord {}

    /**
     * It has accepted these values, of one ballot, in consecutive instances; so it has promised that ballot, too.
     *
     * @param chosen every instance up to this one was known to be chosen, so that it need not be found out again
     */
    record Accepted(Ballot ballot, long slot, List<Value> values, long chosen) implements PaxosRecord {
        public Accepted {
            checkSlot(slot);
            if (chosen < 0 || chosen >= slot) {
                throw new IllegalArgumentException("chosen=" + chosen + " slot=" + slot);
            }
            values = List.copyOf(values);
        }
    }

    /** These values are chosen, in consecutive instances. */
    record Learned(long slot, List<Value> values) implements PaxosRecord {
        public Learned {
            checkSlot(slot);
            values = List.copyOf(values);
        }
    }

    /** A piece of a snapshot; the one numbered 0 begins it, and discards what was there of another. */
    record Chunk(SnapshotId snapshot, int number, StoreChunk content) implements PaxosRecord {
        public Chunk {
            if (number < 0) {
                throw new IllegalArgumentException("a chunk's number is from 0: " + number);
            }
        }
    }

    /** All chunks were there: the snapshot is the state now, and every instance up to its slot is covered by it. */
    record Installed(SnapshotId snapshot) implements PaxosRecord {}

    /** Of that node nothing counts that it said before that incarnation, for it was wiped. */
    record Mark(NodeId node, long incarnation) implements PaxosRecord {
        public Mark {
            if (incarnation < 1) {
                throw new IllegalArgumentException("an incarnation is from 1: " + incarnation);
            }
        }
    }

    /**
     * It was wiped and has recovered: it holds all that the leader of this ballot held, which it promises, and has these
     * marks from those that told it.
     */
    record Recovered(Ballot ballot, Marks marks) implements PaxosRecord {}

    private static void checkSlot(long slot) {
        if (slot < 1) {
            throw new IllegalArgumentException("a slot is from 1: " + slot);
        }
    }
}
