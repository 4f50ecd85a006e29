package dcluster.quorum;

/** What a node waits for. */
enum QuorumTimer {
    /** Whoever has not answered is asked again, or is passed by. */
    RESEND,
    /** What is owed is brought to its owners. */
    HANDOFF,
    /** Another node is asked whether it holds the same. */
    COMPARE,
    /** Old deletions are forgotten. */
    PURGE
}
