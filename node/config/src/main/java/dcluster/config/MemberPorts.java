package dcluster.config;

import dcluster.spi.NodeId;
import java.util.Optional;

/**
 * The ports of one member. By default those for peers lie 10000 and those for operators 20000 above those for clients;
 * 0 is a port that is still to be picked, and where the client's is, so are those that would follow from it.
 */
record MemberPorts(Located<Integer> client, Located<Integer> peer, Located<Integer> admin) {
    private static final int PEER_OFFSET = 10_000;
    private static final int ADMIN_OFFSET = 20_000;
    static final int MOST = 65_535;

    /**
     * The ports that an entry gives, and what follows from them.
     *
     * @param counted the client's port where the entry gives none
     * @throws ConfigException if one is out of range
     */
    static MemberPorts of(MemberEntry entry, Located<Integer> counted) {
        var client = checked(entry.port().orElse(counted), "port");
        return new MemberPorts(
                client,
                above(client, PEER_OFFSET, entry.peerPort(), "peer-port"),
                above(client, ADMIN_OFFSET, entry.adminPort(), "admin-port"));
    }

    static Located<Integer> checked(Located<Integer> port, String key) {
        if (port.value() < 0 || port.value() > MOST) {
            throw new ConfigException(
                    port.place(), key + " is from 1 to " + MOST + ", or 0 for any that is free, not " + port.value());
        }
        return port;
    }

    private static Located<Integer> above(
            Located<Integer> client, int offset, Optional<Located<Integer>> given, String key) {
        if (given.isPresent()) {
            return checked(given.get(), key);
        }
        if (client.value() + offset > MOST) {
            throw new ConfigException(
                    client.place(),
                    "this leaves no room for " + key + ", which is by default " + offset
                            + " higher; choose a port up to " + (MOST - ADMIN_OFFSET) + ", or give '" + key + "'");
        }
        return new Located<>(client.place(), client.value() == 0 ? 0 : client.value() + offset);
    }

    /** @throws ConfigException if one that is not to be picked is taken */
    void claim(NodeId id, String host, PortBook book) {
        claim(client, host, PortBook.owner(id, PortUse.CLIENT), book);
        claim(peer, host, PortBook.owner(id, PortUse.PEER), book);
        claim(admin, host, PortBook.owner(id, PortUse.ADMIN), book);
    }

    private static void claim(Located<Integer> port, String host, String owner, PortBook book) {
        if (port.value() != 0) {
            book.claim(host, port.value(), owner, port.place());
        }
    }

    /** The same with a free port wherever one is to be picked. */
    MemberPorts picked(NodeId id, String host, PortBook book) {
        PortsOfOne picker = (port, use) ->
                port.value() != 0 ? port : new Located<>(port.place(), book.pick(host, id, use, port.place()));
        return new MemberPorts(
                picker.picked(client, PortUse.CLIENT),
                picker.picked(peer, PortUse.PEER),
                picker.picked(admin, PortUse.ADMIN));
    }

    private interface PortsOfOne {
        Located<Integer> picked(Located<Integer> port, PortUse use);
    }
}
