package dcluster.config;

import dcluster.spi.NodeId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which ports of which hosts are given away, to whom, and where in the file. */
final class PortBook {
    /** How often a picker may name a port that is taken before it is given up. */
    private static final int ATTEMPTS = 1000;

    private final PortPicker picker;
    private final Map<String, String> owners = new HashMap<>();

    PortBook(PortPicker picker) {
        this.picker = picker;
    }

    /** @throws ConfigException if it is taken; names both places */
    void claim(String host, int port, String owner, Place place) {
        var earlier = owners.putIfAbsent(address(host, port), owner + " at " + place);
        if (earlier != null) {
            throw new ConfigException(place, "port " + port + ", the " + owner + ", is taken: it is the " + earlier);
        }
    }

    /**
     * A free port.
     *
     * @throws ConfigException if the picker has none
     */
    int pick(String host, NodeId member, PortUse use, Place place) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = picker.pick(member, use);
            if (port == 0) {
                throw new ConfigException(
                        place, "port 0 stands for a free port, and none can be picked here; give one from 1 to 65535");
            }
            if (!owners.containsKey(address(host, port))) {
                claim(host, port, owner(member, use), place);
                return port;
            }
        }
        throw new ConfigException(place, "no free port was found for the " + owner(member, use));
    }

    /** As errors name a port. */
    static String owner(NodeId member, PortUse use) {
        return use + " port of " + member;
    }

    private static String address(String host, int port) {
        var name = host.toLowerCase(Locale.ROOT);
        return (name.equals("localhost") ? "127.0.0.1" : name) + " " + port;
    }
}
