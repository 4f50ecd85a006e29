package dcluster.runtime;

import dcluster.config.ClusterConfig;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.nio.file.Path;

/**
 * Which member of which cluster a process is to be.
 *
 * @param data the member's own folder, made if it is missing
 * @param memory what is remembered of the member outside of that, and whether it may begin in an empty folder
 * @param version of dcluster, for people
 */
public record MemberSettings(ClusterConfig config, NodeId self, Path data, Memory memory, String version) {
    /** @throws IllegalArgumentException if the cluster has no such member; it names those it has */
    public MemberSettings {
        if (config.members().member(self).isEmpty()) {
            throw new IllegalArgumentException("cluster '" + config.name() + "' has no member " + self + "; it has "
                    + config.members().all().map(member -> member.id().name()).toList());
        }
    }

    Member own() {
        return config.members().member(self).orElseThrow();
    }

    /** Whether it only passes commands on to the nodes: the coordinator of an algorithm without a role for it. */
    boolean routes() {
        return config.members().isCoordinator(self) && !config.algorithm().hasCoordinator();
    }
}
