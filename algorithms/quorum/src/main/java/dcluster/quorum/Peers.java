package dcluster.quorum;

import dcluster.spi.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who was heard when, and who counts as down: whoever was silent since it was asked. A single message is enough to be up. */
final class Peers {
    private final Map<NodeId, Long> heardNanos = new TreeMap<>();
    private final Set<NodeId> suspected = new TreeSet<>();

    void heard(NodeId node, long nowNanos) {
        heardNanos.put(node, nowNanos);
        suspected.remove(node);
    }

    /** A node was asked at that time and has not answered. */
    void isSilentSince(NodeId node, long askedNanos) {
        var heard = heardNanos.get(node);
        if (heard == null || heard < askedNanos) {
            suspected.add(node);
        }
    }

    boolean isSuspected(NodeId node) {
        return suspected.contains(node);
    }

    /** Whether a node said something at that time or later. */
    boolean wasHeardSince(NodeId node, long sinceNanos) {
        var heard = heardNanos.get(node);
        return heard != null && heard >= sinceNanos;
    }

    Set<NodeId> suspected() {
        return suspected;
    }
}
