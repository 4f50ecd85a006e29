package dcluster.runtime.admin;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the admin server may see of a node.
 *
 * @param loop the node's loop; both suppliers and the metrics are read on it alone
 * @param status a snapshot; must be quick
 * @param unready why the node does not serve yet, or not any more; empty if it does
 * @param events shared by both loops
 * @param operations run on the node's loop alone
 * @param faults taken on the node's loop alone
 */
public record NodeView(
        Executor loop,
        Supplier<NodeStatus> status,
        Supplier<Optional<Unready>> unready,
        Metrics metrics,
        NodeEvents events,
        Operations operations,
        FaultOrders faults) {}
