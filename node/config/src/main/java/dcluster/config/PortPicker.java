package dcluster.config;

import dcluster.spi.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Finds the ports that a cluster file leaves open with {@code port: 0}. It is asked for the nodes in the order of their
 * ids, then for the coordinator, and for each in the order of {@link PortUse}.
 */
@FunctionalInterface
public interface PortPicker {
    /**
     * Picks none: {@code port: 0} is an error. For a file that must be resolved already, as a node process reads it.
     */
    PortPicker NONE = () -> 0;

    /**
     * A port from 1 to 65535 that is free as far as can be known, or 0 if none is to be picked. It may give the same
     * one again; the caller asks anew for a port that it has given away.
     */
    int pick();

    /** The same for one use of one member: by itself, whoever it is for does not matter. */
    default int pick(NodeId member, PortUse use) {
        return pick();
    }

    /**
     * Asks the operating system for ports that are free on loopback. Nothing holds them until they are bound, so
     * another process may be faster.
     */
    static PortPicker free() {
        return () -> {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException("no free port could be found", e);
            }
        };
    }
}
