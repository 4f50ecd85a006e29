package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
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
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Picks ports for a new cluster. They lie below the range from which systems take the near end of outgoing connections:
 * a node's port would else be lost to some client while the node is down, or to a peer that tries to reach it and, by
 * chance, connects to itself.
 */
public final class NewPorts implements PortPicker {
    /**
     * The system property that names another range, as {@code 15000-23499}: so that commands with different homes, which
     * know nothing of each other's clusters, can be kept apart when they run at the same time.
     */
    public static final String RANGE_PROPERTY = "dcluster.ports";

    private static final Pattern RANGE = Pattern.compile("([0-9]{4,5})-([0-9]{4,5})");
    private static final int LEAST = 15_000;
    private static final int MOST = 31_999;
    private static final int ATTEMPTS = 10_000;

    private final Set<Integer> taken = new HashSet<>();
    private final int least;
    private final int most;

    /** None of those that other clusters have, as far as their records can be read, whether these run now or not. */
    public NewPorts(List<Cluster> others) {
        var range = RANGE.matcher(System.getProperty(RANGE_PROPERTY, LEAST + "-" + MOST));
        if (!range.matches()) {
            throw new Failure(Exit.USAGE, "-D" + RANGE_PROPERTY + " is a range of ports, as 15000-23499");
        }
        least = Integer.parseInt(range.group(1));
        most = Math.max(least, Integer.parseInt(range.group(2)));
        others.forEach(
                cluster -> cluster.members().forEach(member -> ports(member).forEach(taken::add)));
    }

    /** Free at this moment, and not picked before; 0 if none is left. */
    @Override
    public int pick() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(least, most + 1);
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
