package dcluster.raft;

/**
 * Names one rendering of the state machine into numbered chunks. Two renderings of the same state may be cut
 * differently, so index and term alone would let a late chunk of one slip into the other.
 *
 * @param index the index of the last entry that the state includes
 * @param term the term of that entry
 * @param leaderTerm the term of the leader that made it; 0 if a replica made it of its own state
 * @param serial counts up within the leader's term
 */
record SnapshotId(long index, long term, long leaderTerm, long serial) {
    SnapshotId {
        if (index < 1 || term < 1 || leaderTerm < 0 || serial < 0) {
            throw new IllegalArgumentException("no snapshot: index=" + index + " term=" + term + " leaderTerm="
                    + leaderTerm + " serial=" + serial);
        }
    }

    /** Of a replica's own state, for its own journal. */
    static SnapshotId own(long index, long term) {
        return new SnapshotId(index, term, 0, 0);
    }

    /** Whether a leader began it before it, or an earlier leader, began the other. */
    boolean isOlderThan(SnapshotId other) {
        return leaderTerm < other.leaderTerm || (leaderTerm == other.leaderTerm && serial < other.serial);
    }
}
