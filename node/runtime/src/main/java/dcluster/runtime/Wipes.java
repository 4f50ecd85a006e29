package dcluster.runtime;

import dcluster.config.ClusterConfig;
import dcluster.spi.NodeId;
import dcluster.spi.Traits.Property;
import java.util.Optional;

/** Which members can come back after they were wiped. */
public final class Wipes {
    private static final int LEAST_NODES = 3;

    private Wipes() {}

    /** @throws IllegalArgumentException if it cannot; says why */
    static void require(ClusterConfig config, NodeId member) {
        refusal(config, member).ifPresent(why -> {
            throw new IllegalArgumentException(member + " was wiped, and cannot begin again: " + why);
        });
    }

    /** Why that member of a cluster cannot, as a sentence without end, for people; empty if it can. */
    public static Optional<String> refusal(ClusterConfig config, NodeId member) {
        var algorithm = config.algorithm();
        if (!algorithm.traits().has(Property.RECOVERS_FROM_WIPES)) {
            return Optional.of(
                    algorithm.name() + ", as it is configured, cannot tell what a wiped member had promised: it could"
                            + " contradict that, and what it acknowledged could be lost");
        }
        if (config.members().isCoordinator(member)) {
            return Optional.of("nodes recover from other nodes, and " + member + " is the coordinator");
        }
        int nodes = config.members().nodes().size();
        if (nodes < LEAST_NODES) {
            return Optional.of("a wiped node recovers from a majority of its cluster without itself: that takes "
                    + LEAST_NODES + " nodes, and '" + config.name() + "' has " + nodes);
        }
        return Optional.empty();
    }
}
