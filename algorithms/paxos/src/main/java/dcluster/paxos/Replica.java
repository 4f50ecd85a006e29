package dcluster.paxos;

import dcluster.spi.Context;
import dcluster.spi.NodeId;
import java.util.List;

/** What the roles of one replica have in common. */
record Replica(
        Context<PaxosMessage, PaxosRecord, PaxosTimer> context,
        PaxosConfig config,
        DurableState durable,
        List<NodeId> acceptors) {

    NodeId self() {
        return context.self();
    }
}
