package dcluster.raft;

import dcluster.spi.Context;
import dcluster.toolkit.Log;

/** What the parts of one replica have in common. */
record Replica(
        Context<RaftMessage, RaftRecord, RaftTimer> context,
        RaftConfig config,
        DurableState durable,
        Commitment commitment) {

    Log log() {
        return durable.log();
    }
}
