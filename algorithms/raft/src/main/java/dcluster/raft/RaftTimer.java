package dcluster.raft;

/** What a replica waits for. */
enum RaftTimer {
    /** A follower or candidate: for a leader to be heard or elected. */
    ELECTION,
    /** A leader: for the next round of heartbeats. */
    HEARTBEAT,
    /** Any: to go on with applying what is committed, after a breath for other events. */
    APPLY
}
