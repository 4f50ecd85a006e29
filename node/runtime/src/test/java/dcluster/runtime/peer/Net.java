package dcluster.runtime.peer;

import dcluster.spi.DurationRange;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Memberships on free ports of the loopback interface, and settings for tests. */
final class Net {
    static final NodeId N1 = new NodeId("n1");
    static final NodeId N2 = new NodeId("n2");
    static final NodeId N3 = new NodeId("n3");

    /** Pings so rare that they do not disturb; everything else fast. */
    static final PeerOptions CALM = new PeerOptions(
            8 << 20,
            Duration.ofSeconds(5),
            new DurationRange(Duration.ofMillis(10), Duration.ofMillis(100)),
            Duration.ofMillis(200),
            Duration.ofMinutes(1));

    private Net() {}

    /** Looks often: most of these tests wait for many things in a row. */
    static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    static Membership members(int nodes) throws IOException {
        return new Membership(nodes("n", nodes), Optional.empty());
    }

    static List<Member> nodes(String prefix, int count) throws IOException {
        var held = new ArrayList<ServerSocket>();
        var members = new ArrayList<Member>();
        for (int i = 1; i <= count; i++) {
            var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            members.add(new Member(new NodeId(prefix + i), "127.0.0.1", 1, socket.getLocalPort(), 1, ""));
        }
        for (var socket : held) {
            socket.close();
        }
        return members;
    }

    static PeerSettings settings(Membership members, NodeId self) {
        return settings(members, self, 1, CALM);
    }

    static PeerSettings settings(Membership members, NodeId self, long incarnation, PeerOptions options) {
        return new PeerSettings("blue", "echo", members, self, incarnation, options);
    }

    static PeerOptions pinging(Duration ping) {
        return new PeerOptions(CALM.outboxBytes(), CALM.handshake(), CALM.backoff(), CALM.refusedBackoff(), ping);
    }

    static PeerOptions bounded(int outboxBytes) {
        return new PeerOptions(outboxBytes, CALM.handshake(), CALM.backoff(), CALM.refusedBackoff(), CALM.ping());
    }

    /** How many sockets this process has open, listening ones included. */
    static long openSockets() {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(Net::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
