package dcluster.runtime.peer;

import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;

/**
 * Who a node is and whom it connects with.
 *
 * @param self a member, and where it listens: on its host's address alone
 * @param incarnation how often this node was started, from 1
 */
public record PeerSettings(
        String cluster, String algorithm, Membership members, NodeId self, long incarnation, PeerOptions options) {
    public PeerSettings {
        if (members.member(self).isEmpty()) {
            throw new IllegalArgumentException(self + " is no member of cluster " + cluster);
        }
    }

    Member own() {
        return members.member(self).orElseThrow();
    }
}
