package dcluster.raft;

import dcluster.spi.Context;

/** What the parts of one replica have in common. */
record Replica(
        Context<RaftMessage, RaftRecord, RaftTimer> context,
        RaftConfig config,
        DurableState durable,
        Commitment commitment) {

    TermLog log() {
        return durable.log();
    }
}
