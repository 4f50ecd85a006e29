package dcluster.runtime.peer;

import static dcluster.runtime.peer.Net.CALM;
import static dcluster.runtime.peer.Net.N1;
import static dcluster.runtime.peer.Net.N2;
import static dcluster.runtime.peer.Net.N3;
import static dcluster.runtime.peer.Net.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.host.Envelope;
import dcluster.host.Transport;
import dcluster.runtime.admin.Metrics;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.DurationRange;
import dcluster.spi.Limits;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Transports among themselves; what no transport would do is in {@link HandshakeTest}, {@link BrokenPairsTest} and
 * {@link PeerFuzzTest}.
 */
@Timeout(60)
final class PeerTransportTest {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private List<Node> started(Membership members, PeerOptions options) throws Exception {
        var nodes = new ArrayList<Node>();
        for (var member : members.all().toList()) {
            nodes.add(Node.start(vertx, Net.settings(members, member.id(), 1, options)));
        }
        for (var node : nodes) {
            await().until(() -> node.connections.size() == nodes.size() - 1);
        }
        return nodes;
    }

    @Test
    void threeNodesExchangeMessagesInTheOrderOfSending() throws Exception {
        var members = Net.members(3);
        var nodes = started(members, CALM);
        var ids = members.ids();
        for (int turn = 0; turn < 50; turn++) {
            int first = turn * 20;
            for (int n = 0; n < 3; n++) {
                var node = nodes.get(n);
                var others = members.others(ids.get(n));
                node.call(() -> {
                    IntStream.range(first, first + 20)
                            .forEach(i -> others.forEach(to -> node.transport().send(to, Note.numbered(i, i))));
                    node.transport().flush();
                    return true;
                });
            }
        }
        for (int n = 0; n < 3; n++) {
            var node = nodes.get(n);
            await().until(() -> node.received.size() == 2000);
            for (var from : members.others(ids.get(n))) {
                assertThat(node.received.stream().filter(each -> each.startsWith(from + " ")))
                        .containsExactlyElementsOf(IntStream.range(0, 1000)
                                .mapToObj(i -> from + " " + i)
                                .toList());
            }
        }
    }

    @Test
    void everyKindOfEnvelopeArrivesAndOneOfTheLargestSize() throws Exception {
        var nodes = started(
                Net.members(2),
                new PeerOptions(
                        2 * Limits.MAX_FRAME_BYTES,
                        CALM.handshake(),
                        CALM.backoff(),
                        CALM.refusedBackoff(),
                        CALM.ping()));
        var forward = new Envelope.Forward<Note>(7, 8, 9, new Command.Get(Bytes.utf8("key")));
        var answer = new Envelope.Answer<Note>(7, 9, new Response.Ok(new Result.Found(Bytes.utf8("value"))));
        var plain = new Envelope.Message<Note>(new Note.Plain());
        assertThat(nodes.get(0).send(N2, forward)).isTrue();
        assertThat(nodes.get(0).send(N2, answer)).isTrue();
        assertThat(nodes.get(0).send(N2, plain)).isTrue();
        assertThat(nodes.get(0).send(N2, Note.numbered(1, Limits.MAX_FRAME_BYTES - 100)))
                .isTrue();

        await().until(() -> nodes.get(1).received.size() == 4);
        assertThat(nodes.get(1).received).containsExactly("n1 " + forward, "n1 " + answer, "n1 " + plain, "n1 1");
    }

    @Test
    void whatATurnSendsToAPeerIsOneWrite() throws Exception {
        var nodes = started(Net.members(3), CALM);
        var first = nodes.get(0);
        var writes = first.call(() -> {
            long before = first.counters().writes;
            for (int i = 0; i < 100; i++) {
                first.transport().send(N2, Note.numbered(i));
                first.transport().send(N3, Note.numbered(i));
            }
            assertThat(first.counters().writes).isEqualTo(before);
            first.transport().flush();
            long after = first.counters().writes;
            first.transport().flush();
            assertThat(first.counters().writes).isEqualTo(after);
            return after - before;
        });

        assertThat(writes).isEqualTo(2);
        await().until(() ->
                nodes.get(1).received.size() == 100 && nodes.get(2).received.size() == 100);
        assertThat(first.call(() -> first.counters().envelopesSent)).isEqualTo(200);
        // The handshakes of two peers came in before: a frame of 100 messages is not read in 100 pieces.
        assertThat(nodes.get(1).call(() -> nodes.get(1).counters().reads)).isLessThan(10);
    }

    @Test
    void aRestartedPeerIsReachedAtOnceByDialingBack() throws Exception {
        // Our own next attempt would be in half a minute at the earliest.
        var patient = new PeerOptions(
                CALM.outboxBytes(),
                CALM.handshake(),
                new DurationRange(Duration.ofMinutes(1), Duration.ofMinutes(1)),
                CALM.refusedBackoff(),
                CALM.ping());
        var members = Net.members(2);
        var first = Node.start(vertx, Net.settings(members, N1, 4, patient));
        var second = Node.start(vertx, Net.settings(members, N2, 1, patient));
        await().until(() -> first.connections.size() == 1);
        second.halt();
        await().until(() -> first.connections.size() == 2);
        assertThat(first.send(N2, Note.numbered(1))).isFalse();

        var restarted = Node.start(vertx, Net.settings(members, N2, 2, patient));
        await().until(() -> first.connections.size() == 3 && restarted.connections.size() == 1);
        assertThat(first.connections).containsExactly("connected n2 1", "lost n2", "connected n2 2");
        assertThat(restarted.connections).containsExactly("connected n1 4");
        assertThat(first.send(N2, Note.numbered(2))).isTrue();
        assertThat(restarted.send(N1, Note.numbered(3))).isTrue();
        await().until(() -> restarted.received.equals(List.of("n1 2")) && first.received.equals(List.of("n2 3")));
    }

    @Test
    void aPeerThatComesAndGoesIsConnectedAndLostByTurns() throws Exception {
        var members = Net.members(2);
        var first = Node.start(vertx, Net.settings(members, N1));
        var expected = new ArrayList<String>();
        for (int incarnation = 1; incarnation <= 10; incarnation++) {
            var second = Node.start(vertx, Net.settings(members, N2, incarnation, CALM));
            await().until(() -> second.connections.size() == 1);
            expected.add("connected n2 " + incarnation);
            await().until(() -> first.connections.equals(expected));
            second.halt();
            expected.add("lost n2");
            await().until(() -> first.connections.equals(expected));
        }
    }

    @Test
    void nodesAndTheCoordinatorConnectInAnyOrderOfStarting() throws Exception {
        var members =
                new Membership(Net.nodes("n", 2), Optional.of(Net.nodes("c", 1).get(0)));
        var nodes = started(members, CALM);

        assertThat(nodes.get(2).connections).containsExactlyInAnyOrder("connected n1 1", "connected n2 1");
        assertThat(nodes.get(0).connections).containsExactlyInAnyOrder("connected c1 1", "connected n2 1");
        assertThat(nodes.get(0).send(new NodeId("c1"), Note.numbered(5))).isTrue();
        await().until(() -> nodes.get(2).received.equals(List.of("n1 5")));
    }

    @Test
    void whatCannotArriveIsRefusedAndCounted() throws Exception {
        var alone = Node.start(vertx, Net.settings(Net.members(2), N1));

        assertThat(alone.send(N1, Note.numbered(1))).isFalse();
        assertThat(alone.send(N2, Note.numbered(1))).isFalse();
        assertThat(alone.send(new NodeId("stranger"), Note.numbered(1))).isFalse();
        assertThat(alone.call(() -> alone.counters().droppedUnreachable)).isEqualTo(3);
    }

    @Test
    void idlePeersStayConnectedByTheirPings() throws Exception {
        var nodes = started(Net.members(2), Net.pinging(Duration.ofMillis(50)));

        await().during(Duration.ofMillis(800))
                .until(() -> nodes.get(0).connections.size() == 1
                        && nodes.get(1).connections.size() == 1);
    }

    @Test
    void aNodeThatDoesNotReadHoldsItsPeersBackAndLosesNothing() throws Exception {
        var nodes = started(Net.members(2), Net.pinging(Duration.ofMillis(50)));
        var sender = nodes.get(0);
        var receiver = nodes.get(1);
        receiver.call(() -> {
            receiver.transport().pauseReading();
            return true;
        });
        int sent = 0;
        while (sender.send(N2, Note.numbered(sent, 32 << 10))) {
            sent++;
        }
        assertThat(sent).isGreaterThan(100);
        // Longer than silence is borne: who does not listen cannot complain of it.
        await().during(Duration.ofMillis(600))
                .until(() -> receiver.received.size() < 100 && receiver.connections.size() == 1);

        receiver.call(() -> {
            receiver.transport().resumeReading();
            return true;
        });
        int all = sent;
        await().until(() -> receiver.received.size() == all);
        assertThat(receiver.received)
                .containsExactlyElementsOf(
                        IntStream.range(0, all).mapToObj(i -> "n1 " + i).toList());
        assertThat(receiver.connections).hasSize(1);
    }

    @Test
    void nodesOfTwoClustersRefuseEachOtherSayWhyAndTrySlowly() throws Exception {
        var members = Net.members(2);
        var slow = new PeerOptions(
                CALM.outboxBytes(), CALM.handshake(), CALM.backoff(), Duration.ofMinutes(1), CALM.ping());
        var log = Log.of(PeerTransport.class);
        var blue = Node.start(vertx, new PeerSettings("blue", "echo", members, N1, 1, slow));
        var green = Node.start(vertx, new PeerSettings("green", "echo", members, N2, 1, slow));

        String byGreen =
                "n2 refuses n1: n2 is of cluster 'green', n1 of cluster 'blue'; one of them has a wrong address or port";
        await().until(() ->
                byGreen.equals(blue.call(() -> blue.transport().status().get(0).refusedBecause())));
        await().until(() -> green.call(() -> green.counters().refusedByPeers) == 1);
        assertThat(blue.call(() -> blue.transport().status().get(0).connected()))
                .isFalse();
        assertThat(log.warnings()).anyMatch(line -> line.startsWith(byGreen + " (it called from 127.0.0.1:"));
        assertThat(log.warnings()).anyMatch(line -> line.matches("no connection to n2 at 127.0.0.1:\\d+: " + byGreen));

        // It has been told, and waits.
        await().during(Duration.ofMillis(400)).until(() -> blue.call(() -> blue.counters().refusedByPeers) == 1);
        assertThat(blue.connections).isEmpty();
        assertThat(green.connections).isEmpty();
        log.close();
    }

    @Test
    void aPeerThatWasRefusedAndNowFitsIsConnected() throws Exception {
        var members = Net.members(2);
        var first = Node.start(vertx, Net.settings(members, N1));
        var wrong = Node.start(vertx, new PeerSettings("blue", "other", members, N2, 1, CALM));
        await().until(() -> first.call(() -> first.transport().status().get(0).refusedBecause()) != null);
        wrong.halt();

        Node.start(vertx, Net.settings(members, N2, 2, CALM));
        await().until(() -> first.connections.equals(List.of("connected n2 2")));
        var status = first.call(() -> first.transport().status());
        assertThat(status.get(0).connected()).isTrue();
        assertThat(status.get(0).refusedBecause()).isNull();
    }

    @Test
    void aClosedTransportLeavesNoSocketBehind() throws Exception {
        int rounds = 12;
        long before = Net.openSockets();
        for (int i = 0; i < rounds; i++) {
            var nodes = started(Net.members(3), CALM);
            assertThat(Net.openSockets()).isGreaterThan(before + 14);
            for (var node : nodes) {
                node.halt();
            }
        }
        // The virtual machine keeps the socket that an event loop closed last until that loop has something to do
        // again: one for each of the five loops. A leak of one a round would be more.
        await().until(() -> Net.openSockets() <= before + 5);
    }

    @Test
    void aClosedTransportReportsNothingAnyMore() throws Exception {
        var nodes = started(Net.members(2), CALM);
        nodes.get(0).halt();

        await().until(() -> nodes.get(1).connections.equals(List.of("connected n1 1", "lost n1")));
        assertThat(nodes.get(0).connections).containsExactly("connected n2 1");
    }

    @Test
    void whatAListenerThrowsReachesTheTopOfTheLoop() throws Exception {
        var members = Net.members(2);
        var defect = new IllegalStateException("an invariant is broken");
        var failing = new Links<Note>() {
            @Override
            public Transport<Note> outgoing(Transport<Note> onward) {
                return onward;
            }

            @Override
            public PeerListener<Note> incoming(PeerListener<Note> onward) {
                return new PeerListener<>() {
                    @Override
                    public void connected(NodeId peer, long incarnation) {
                        onward.connected(peer, incarnation);
                    }

                    @Override
                    public void received(NodeId from, Envelope<Note> envelope) {
                        throw defect;
                    }

                    @Override
                    public void lost(NodeId peer) {
                        onward.lost(peer);
                    }
                };
            }
        };
        var first = Node.start(vertx, Net.settings(members, N1), failing);
        var second = Node.start(vertx, Net.settings(members, N2));
        await().until(() -> second.connections.size() == 1);
        second.send(N1, Note.numbered(1));

        await().until(() -> first.uncaught.equals(List.of(defect)));
        assertThat(first.connections).containsExactly("connected n2 1");
    }

    @Test
    void aPortInUseFailsTheStart() throws Exception {
        var members = Net.members(2);
        try (var taken = new ServerSocket(members.nodes().get(0).peerPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> Node.start(vertx, Net.settings(members, N1)))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void allFiguresCanBeScraped() throws Exception {
        var nodes = started(Net.members(3), CALM);
        nodes.get(0).send(N2, Note.numbered(1));
        var metrics = new Metrics();
        String text = nodes.get(0).call(() -> {
            nodes.get(0).transport().register(metrics);
            return metrics.read().text();
        });

        assertThat(text.lines())
                .contains(
                        "dcluster_peer_envelopes_sent_total 1",
                        "dcluster_peer_connected{peer=\"n2\"} 1",
                        "dcluster_peer_connected{peer=\"n3\"} 1",
                        "dcluster_peer_connected_total 2",
                        "dcluster_peer_lost_total 0",
                        "dcluster_peer_dropped_total{because=\"outbox full\"} 0");
    }
}
