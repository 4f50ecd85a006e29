package dcluster.quorum;

import dcluster.spi.NodeId;
import java.util.List;

/**
 * All nodes in the order in which a key belongs to them, and which of these must be asked. Sets of nodes are bits by place
 * in that order.
 *
 * @param order its owners first, then who stands in for them
 * @param ownerCount how many of them are owners
 * @param future the owners of the ring that is to be; 0 where no ring changes
 * @param former the owners of the ring that was
 */
record Route(List<NodeId> order, int ownerCount, long future, long former) {
    /** Where no ring changes. */
    Route(List<NodeId> order, int ownerCount) {
        this(order, ownerCount, 0, (1L << ownerCount) - 1);
    }

    List<NodeId> owners() {
        return order.subList(0, ownerCount);
    }
}
