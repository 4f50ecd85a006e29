package dcluster.app.start;

import dcluster.config.PortPicker;
import dcluster.config.PortUse;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Gives each member of an existing cluster the ports that it has, wherever any will do, and to others those of a picker. */
final class KeptPorts implements PortPicker {
    private final Membership members;
    private final PortPicker others;
    private final Set<Integer> given = new HashSet<>();

    KeptPorts(Membership members, PortPicker others) {
        this.members = members;
        this.others = others;
    }

    @Override
    public int pick() {
        return others.pick();
    }

    /** Asked again, it gives another one: the member's own is taken by what the file says. */
    @Override
    public int pick(NodeId member, PortUse use) {
        return own(member, use).filter(given::add).orElseGet(() -> others.pick(member, use));
    }

    private Optional<Integer> own(NodeId id, PortUse use) {
        return members.member(id).map(member -> port(member, use));
    }

    private static int port(Member member, PortUse use) {
        return switch (use) {
            case CLIENT -> member.clientPort();
            case PEER -> member.peerPort();
            case ADMIN -> member.adminPort();
        };
    }
}
