package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.util.List;
import java.util.Optional;

/** What the journal of a replica holds. */
sealed interface QuorumRecord {
    /** This is held of a key from now on. */
    record Stored(Bytes key, Versions versions, Optional<Actor> mine) implements QuorumRecord {}

    /** A hint (Dynamo, section 4.6): what is held of the key must be brought to that node. */
    record Owed(Bytes key, NodeId to) implements QuorumRecord {}

    /** That node holds durably what was owed to it. */
    record HandedOff(Bytes key, NodeId to) implements QuorumRecord {}

    /** Nothing is held of a key any more: others hold it, or its deletion is old enough to be forgotten. */
    record Dropped(Bytes key) implements QuorumRecord {}

    /** All keys are where the ring of these nodes has them; they came there from that of the former ones, if any. */
    record Settled(List<NodeId> nodes, List<NodeId> former) implements QuorumRecord {
        static final Settled NOWHERE = new Settled(List.of(), List.of());

        public Settled {
            nodes = List.copyOf(nodes);
            former = List.copyOf(former);
        }
    }
}
