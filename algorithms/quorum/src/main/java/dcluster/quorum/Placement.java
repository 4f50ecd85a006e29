package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.toolkit.Ring;
import dcluster.toolkit.StateHash;
import java.util.ArrayList;
import java.util.List;

/**
 * Which nodes hold a key. While nodes join or leave there are two answers: a read asks those of the former ring, which
 * hold everything, and a write reaches enough of both, so that either may be believed once all is moved.
 */
final class Placement {
    private final int replicas;
    private final Ring former;
    private final Ring ring;
    private final boolean isMoving;

    Placement(QuorumConfig config, Membership members) {
        this.replicas = config.replicas();
        this.former = ring(members.ids(), config.joining(), config.tokens());
        this.isMoving = !config.joining().isEmpty() || !config.leaving().isEmpty();
        this.ring = isMoving ? ring(members.ids(), config.leaving(), config.tokens()) : former;
    }

    private static Ring ring(List<NodeId> nodes, List<String> without, int tokens) {
        return new Ring(
                nodes.stream().filter(node -> !without.contains(node.name())).toList(), tokens);
    }

    /** Whether nodes join or leave. */
    boolean isMoving() {
        return isMoving;
    }

    /** The nodes that had everything before any joined or left. */
    List<NodeId> formerNodes() {
        return former.nodes();
    }

    /** The nodes that have everything once all is moved. */
    List<NodeId> nodes() {
        return ring.nodes();
    }

    /** Whom a command on that key concerns. */
    Route route(Bytes key) {
        long hash = StateHash.of(key);
        var order = former.order(hash);
        if (!isMoving) {
            return new Route(order, replicas);
        }
        var all = new ArrayList<>(order.subList(0, replicas));
        var owners = ring.order(hash).subList(0, replicas);
        owners.stream().filter(owner -> !all.contains(owner)).forEach(all::add);
        int count = all.size();
        // Who leaves stands in for nobody: it may be gone before it could bring what it took.
        order.stream()
                .filter(node -> !all.contains(node) && nodes().contains(node))
                .forEach(all::add);
        long future = 0;
        for (var owner : owners) {
            future |= 1L << all.indexOf(owner);
        }
        return new Route(all, count, future, (1L << replicas) - 1);
    }

    /** Who holds that key, or is to hold it. */
    List<NodeId> owners(Bytes key) {
        return route(key).owners();
    }

    boolean isOwner(NodeId node, Bytes key) {
        return owners(key).contains(node);
    }

    /** Whom a node that was started has to bring a key that it holds: who joined, or all if it is not its own. */
    List<NodeId> lacking(NodeId holder, Bytes key) {
        long hash = StateHash.of(key);
        var owners = ring.order(hash).subList(0, replicas);
        var had = former.order(hash).subList(0, replicas);
        if (!had.contains(holder)) {
            return owners.contains(holder) ? List.of() : owners;
        }
        return owners.stream().filter(owner -> !had.contains(owner)).toList();
    }
}
