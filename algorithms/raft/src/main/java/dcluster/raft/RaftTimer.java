package dcluster.raft;

/** What a replica waits for. */
enum RaftTimer {
    /** A follower or candidate: for a leader to be heard or elected. */
    ELECTION,
    /** A leader: for the next round of heartbeats. */
    HEARTBEAT,
    /** A leader: for another node to take over. */
    HANDOVER,
    /** Any: to go on with applying what is committed, after a breath for other events. */
    APPLY,
    /** One that recovers: to ask again. */
    RECOVERY
}
