package dcluster.raft;

import dcluster.spi.NodeId;
import dcluster.toolkit.Marks;
import dcluster.toolkit.StoreChunk;
import java.util.List;
import java.util.Optional;

/**
 * What a replica must not forget: figure 2's persistent state, written as changes. A crash keeps a prefix of these, so
 * what must change together stands in one record.
 */
sealed interface RaftRecord {
    /** The current term, and the vote given in it. */
    record Term(long term, Optional<NodeId> vote) implements RaftRecord {
        public Term {
            if (term < 1) {
                throw new IllegalArgumentException("a term is from 1: " + term);
            }
        }
    }

    /** Whatever that node said in incarnations before this one does not hold any more: it was wiped. */
    record Mark(NodeId node, long incarnation) implements RaftRecord {
        public Mark {
            if (incarnation < 1) {
                throw new IllegalArgumentException("an incarnation is from 1: " + incarnation);
            }
        }
    }

    /**
     * A wiped replica holds again all that it may have acknowledged, and votes above that term alone: its vote in it is
     * spent, on itself, which does not stand in it.
     */
    record Recovered(long term, NodeId vote, Marks marks) implements RaftRecord {
        public Recovered {
            if (term < 1) {
                throw new IllegalArgumentException("a term is from 1: " + term);
            }
        }
    }

    /** From {@code index} on the log holds these entries and no others: what stood there before is gone. */
    record Append(long index, List<Entry> entries) implements RaftRecord {
        public Append {
            if (index < 1) {
                throw new IllegalArgumentException("an index is from 1: " + index);
            }
            entries = List.copyOf(entries);
        }

        long lastIndex() {
            return index + entries.size() - 1;
        }
    }

    /** A piece of a snapshot; the one numbered 0 begins it, and discards what was there of another. */
    record Chunk(SnapshotId snapshot, int number, StoreChunk content) implements RaftRecord {
        public Chunk {
            if (number < 0) {
                throw new IllegalArgumentException("a chunk's number is from 0: " + number);
            }
        }
    }

    /** All chunks were there: the snapshot is the state now, and the log up to its index is covered by it. */
    record Installed(SnapshotId snapshot) implements RaftRecord {}
}
