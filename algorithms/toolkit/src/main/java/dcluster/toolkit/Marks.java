package dcluster.toolkit;

import dcluster.spi.NodeId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * From which incarnation on the word of nodes holds that were wiped: what one said in earlier ones it has forgotten, and
 * may contradict. A replica marks a wiped node before it helps it to recover, durably, and never takes that back; there is
 * one mark a node at most. Immutable.
 *
 * @param incarnations by node, from 1; of a node that is not there, all that it ever said holds
 */
public record Marks(Map<NodeId, Long> incarnations) {
    public static final Marks NONE = new Marks(Map.of());

    public Marks {
        incarnations = Collections.unmodifiableMap(new TreeMap<>(incarnations));
    }

    /** Whether what a node said in an incarnation does not hold any more. */
    public boolean isVoid(NodeId node, long incarnation) {
        return incarnation < incarnations.getOrDefault(node, 0L);
    }

    /** Whether that incarnation of a node, or a later one, is marked. */
    public boolean has(NodeId node, long incarnation) {
        return incarnations.getOrDefault(node, 0L) >= incarnation;
    }

    /** With one more, unless a later incarnation of that node is marked. */
    public Marks with(NodeId node, long incarnation) {
        return and(new Marks(Map.of(node, incarnation)));
    }

    /** All of both; of two of a node the later. */
    public Marks and(Marks others) {
        if (others.incarnations.isEmpty()) {
            return this;
        }
        var all = new TreeMap<>(incarnations);
        others.incarnations.forEach((node, incarnation) -> all.merge(node, incarnation, Math::max));
        return new Marks(all);
    }
}
