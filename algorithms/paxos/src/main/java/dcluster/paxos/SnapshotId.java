package dcluster.paxos;

import dcluster.spi.NodeId;

/**
 * Names one rendering of the state machine into numbered pieces. Two renderings of the same state may be cut differently,
 * so the slot alone would let a late piece of one slip into the other.
 *
 * @param slot the last instance whose value the state includes
 * @param maker the node whose state it is
 * @param incarnation of that node
 * @param serial counts up within the life of the maker; 0 for what it writes into its own journal
 */
record SnapshotId(long slot, NodeId maker, long incarnation, long serial) {
    SnapshotId {
        if (slot < 1 || incarnation < 1 || serial < 0) {
            throw new IllegalArgumentException(
                    "no snapshot: slot=" + slot + " incarnation=" + incarnation + " serial=" + serial);
        }
    }
}
