package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.config.PortPicker;
import dcluster.spi.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Picks ports for a new cluster. They lie below the range from which systems take the near end of outgoing connections:
 * a node's port would else be lost to some client while the node is down, or to a peer that tries to reach it and, by
 * chance, connects to itself.
 */
public final class NewPorts implements PortPicker {
    private static final int LEAST = 15_000;
    private static final int BEYOND = 32_000;
    private static final int ATTEMPTS = 10_000;

    private final Set<Integer> taken = new HashSet<>();

    /** None of those that other clusters have, as far as their records can be read, whether these run now or not. */
    public NewPorts(List<Cluster> others) {
        others.forEach(
                cluster -> cluster.members().forEach(member -> ports(member).forEach(taken::add)));
    }

    /** Free at this moment, and not picked before; 0 if none is left. */
    @Override
    public int pick() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LEAST, BEYOND);
            if (!taken.contains(port) && isFree(InetAddress.getLoopbackAddress().getHostAddress(), port)) {
                taken.add(port);
                return port;
            }
        }
        return 0;
    }

    static IntStream ports(Member member) {
        return IntStream.of(member.clientPort(), member.peerPort(), member.adminPort());
    }

    static boolean isFree(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
