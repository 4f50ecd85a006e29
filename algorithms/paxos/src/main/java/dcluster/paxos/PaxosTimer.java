package dcluster.paxos;

/** What a replica waits for. */
enum PaxosTimer {
    /** Whoever does not lead: for a leader to be heard, or to become one. */
    SUSPICION,
    /** A leader: for the next round of heartbeats. Whoever prepares: to ask those again that have not answered. */
    HEARTBEAT,
    /** A leader: for another node to take over. */
    HANDOVER,
    /** A learner: for what it lacks and has asked for. */
    LEARN,
    /** A teacher: for those that it sends snapshots to. */
    SHIPMENT,
    /** One that was wiped: for answers, and for what it is told to hold. */
    RECOVERY,
    /** Any: to go on with applying what is chosen, after a breath for other events. */
    APPLY
}
