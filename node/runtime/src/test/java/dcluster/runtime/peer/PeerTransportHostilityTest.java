package dcluster.runtime.peer;

import static dcluster.runtime.peer.Net.CALM;
import static dcluster.runtime.peer.Net.N1;
import static dcluster.runtime.peer.Net.N2;
import static dcluster.runtime.peer.Net.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dcluster.codec.ByteWriter;
import dcluster.codec.Frames;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One transport, n1, against peers that do what no transport would. */
@Timeout(60)
final class PeerTransportHostilityTest {
    private static final int ROUNDS = Integer.getInteger("dcluster.fuzz.rounds", 2_000);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    private final List<AutoCloseable> open = new ArrayList<>();
    private Membership members;

    @BeforeEach
    void choosePorts() throws IOException {
        members = Net.members(3);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        for (var each : open) {
            each.close();
        }
    }

    private Node start(PeerOptions options) throws Exception {
        return Node.start(vertx, Net.settings(members, N1, 1, options));
    }

    private FakePeer fake(NodeId self) throws IOException {
        var fake = new FakePeer(members, self);
        open.add(fake);
        return fake;
    }

    private FakePeer paired(Node node, NodeId self) throws Exception {
        var fake = fake(self);
        fake.pair(N1, 1);
        await().until(() -> node.connections.contains("connected " + self + " 1"));
        return fake;
    }

    // Handshakes

    @Test
    void eachMismatchIsRefusedWithBothSidesNamed() throws Exception {
        var log = Log.of(PeerTransport.class);
        var node = start(CALM);
        var fake = fake(N2);
        var right = fake.hello(N1, 1);
        long schema = right.fingerprint();
        var stranger = new NodeId("n9");

        assertThat(refusal(fake, new Hello(2, "blue", N2, 1, N1, "echo", schema)))
                .isEqualTo(
                        "n1 refuses n2: n1 speaks version 1 of the protocol, n2 version 2; run the same dcluster on both");
        assertThat(refusal(fake, new Hello(1, "green", N2, 1, N1, "echo", schema)))
                .isEqualTo(
                        "n1 refuses n2: n1 is of cluster 'blue', n2 of cluster 'green'; one of them has a wrong address or port");
        assertThat(refusal(fake, new Hello(1, "blue", N1, 1, N1, "echo", schema)))
                .isEqualTo(
                        "n1 refuses n1: both have the same name; each member is one process, and does not call itself");
        assertThat(refusal(fake, new Hello(1, "blue", stranger, 1, N1, "echo", schema)))
                .isEqualTo(
                        "n1 refuses n9: cluster 'blue' has n1, n2, n3; start all of them with the same cluster file");
        assertThat(refusal(fake, new Hello(1, "blue", N2, 1, N3, "echo", schema)))
                .isEqualTo("n1 refuses n2: the call was for n3; an address in the cluster file of n2 is wrong");
        assertThat(refusal(fake, new Hello(1, "blue", N2, 1, N1, "raft", schema)))
                .isEqualTo(
                        "n1 refuses n2: n1 runs algorithm 'echo', n2 runs 'raft'; start all members with the same one");
        assertThat(refusal(fake, new Hello(1, "blue", N2, 1, N1, "echo", 0xabc)))
                .isEqualTo(String.format(
                        "n1 refuses n2: the messages of 'echo' have schema %016x at n1, 0000000000000abc at n2;"
                                + " run the same build on both",
                        schema));

        assertThat(log.warnings().stream().filter(line -> line.startsWith("n1 refuses ")))
                .hasSize(7);
        assertThat(node.call(() -> node.counters().refusedByUs)).isEqualTo(7);
        assertThat(node.connections).isEmpty();
        log.close();
    }

    private static String refusal(FakePeer fake, Hello hello) throws IOException {
        try (var socket = fake.dial(N1, hello)) {
            var body = FakePeer.readFrame(socket);
            assertThat(body.readByte()).isEqualTo((byte) FrameKind.REFUSED);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            return body.readBytes(body.remaining()).toUtf8();
        }
    }

    @Test
    void aWelcomeThatDoesNotFitIsRefusedByTheCaller() throws Exception {
        var fake = fake(N2);
        var node = start(CALM);
        try (var called = fake.accept()) {
            var other =
                    new Hello(1, "blue", N3, 1, N1, "echo", fake.hello(N1, 1).fingerprint());
            FakePeer.write(called, FakePeer.frame(body -> other.write(FrameKind.WELCOME, body)));

            assertThat(FakePeer.endsBy(called)).isTrue();
        }
        assertThat(node.call(() -> node.transport().status().get(0).refusedBecause()))
                .isEqualTo("n1 refuses n3: the call was for n2");
    }

    @Test
    void aRefusalCannotForgeLinesOfTheLog() throws Exception {
        var fake = fake(N2);
        var node = start(CALM);
        try (var called = fake.accept()) {
            var text = "no\n2026-01-01 ERROR all is lost\u001b[31m".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            FakePeer.write(called, FakePeer.frame(body -> {
                body.writeByte(FrameKind.REFUSED);
                body.write(text, 0, text.length);
            }));
            assertThat(FakePeer.endsBy(called)).isTrue();
        }
        assertThat(node.call(() -> node.transport().status().get(0).refusedBecause()))
                .isEqualTo("no?2026-01-01 ERROR all is lost?[31m");
    }

    @Test
    void whoSaysNothingIsHungUpOn() throws Exception {
        var node = start(new PeerOptions(
                CALM.outboxBytes(), Duration.ofMillis(100), CALM.backoff(), CALM.refusedBackoff(), CALM.ping()));
        try (var silent = fake(N2).connect(N1)) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(node.call(() -> node.counters().handshakesDropped)).isEqualTo(1);
    }

    @Test
    void aCallThatIsNotAnsweredIsGivenUpAndRepeated() throws Exception {
        var fake = fake(N2);
        start(new PeerOptions(
                CALM.outboxBytes(), Duration.ofMillis(100), CALM.backoff(), CALM.refusedBackoff(), CALM.ping()));
        for (int i = 0; i < 3; i++) {
            try (var called = fake.accept()) {
                assertThat(called.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void ofTooManyStrangersTheOldestGoesAndAPeerStillGetsIn() throws Exception {
        var node = start(CALM);
        var fake = fake(N2);
        var strangers = new ArrayList<Socket>();
        for (int i = 0; i < Reception.MOST_STRANGERS + 5; i++) {
            var socket = fake.connect(N1);
            open.add(socket);
            strangers.add(socket);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(strangers.get(i).getInputStream().read()).isEqualTo(-1);
        }
        assertThat(node.call(() -> node.counters().handshakesDropped)).isEqualTo(5);
        fake.pair(N1, 1);
        await().until(() -> node.connections.equals(List.of("connected n2 1")));
    }

    @Test
    void aHandshakeIsShort() throws Exception {
        var node = start(CALM);
        try (var socket = fake(N2).connect(N1)) {
            var claim = new ByteWriter(16);
            claim.writeInt(1 << 20);
            claim.writeInt(0);
            FakePeer.write(socket, claim.toArray());
            FakePeer.write(socket, new byte[Wire.HANDSHAKE_BYTES]);
            assertThat(FakePeer.endsBy(socket)).isTrue();
        }
        assertThat(node.call(() -> node.counters().malformed)).isEqualTo(1);
    }

    // Pairs

    @Test
    void aMessageBeforeBothDirectionsAreOpenBreaksTheConnection() throws Exception {
        var node = start(CALM);
        var fake = fake(N2);
        fake.out = fake.connect(N1);
        var both = new ByteWriter(512);
        int hello = Frames.begin(both);
        fake.hello(N1, 1).write(FrameKind.HELLO, both);
        Frames.end(both, hello);
        int message = Frames.begin(both);
        new EnvelopeCodec<>(Note.class).encode(Note.numbered(1), both);
        Frames.end(both, message);
        FakePeer.write(fake.out, both.toArray());

        assertThat(FakePeer.endsBy(fake.out)).isTrue();
        assertThat(node.call(() -> node.counters().malformed)).isEqualTo(1);
        assertThat(node.received).isEmpty();
    }

    @Test
    void bytesThatComeOneByOneAreUnderstood() throws Exception {
        var node = start(CALM);
        var fake = fake(N2);
        fake.out = fake.connect(N1);
        fake.out.setTcpNoDelay(true);
        for (byte b : FakePeer.frame(body -> fake.hello(N1, 1).write(FrameKind.HELLO, body))) {
            fake.out.getOutputStream().write(b);
        }
        fake.in = fake.accept();
        for (byte b : FakePeer.frame(body -> fake.hello(N1, 1).write(FrameKind.WELCOME, body))) {
            fake.in.getOutputStream().write(b);
        }
        for (byte b : FakePeer.frame(body -> new EnvelopeCodec<>(Note.class).encode(Note.numbered(7, 9), body))) {
            fake.out.getOutputStream().write(b);
        }
        await().until(() -> node.received.equals(List.of("n2 7")));
    }

    @Test
    void whicheverDirectionBreaksBothAreClosedAndTheLossIsToldOnce() throws Exception {
        var node = start(CALM);
        var fake = paired(node, N2);
        fake.out.close();
        assertThat(FakePeer.endsBy(fake.in)).isTrue();
        await().until(() -> node.connections.equals(List.of("connected n2 1", "lost n2")));

        fake.pair(N1, 1);
        await().until(() -> node.connections.size() == 3);
        fake.in.close();
        assertThat(FakePeer.endsBy(fake.out)).isTrue();
        await().until(() -> node.connections.equals(List.of("connected n2 1", "lost n2", "connected n2 1", "lost n2")));
    }

    @Test
    void aPeerThatConnectsAnewEndsTheOldPairFirst() throws Exception {
        var node = start(CALM);
        var fake = paired(node, N2);
        var oldOut = fake.out;
        var oldIn = fake.in;
        fake.out = fake.dial(N1, fake.hello(N1, 2));
        fake.in = fake.accept();
        FakePeer.write(fake.in, FakePeer.frame(body -> fake.hello(N1, 2).write(FrameKind.WELCOME, body)));

        await().until(() -> node.connections.equals(List.of("connected n2 1", "lost n2", "connected n2 2")));
        assertThat(FakePeer.endsBy(oldOut)).isTrue();
        assertThat(FakePeer.endsBy(oldIn)).isTrue();
    }

    @Test
    void aConnectionToAnOlderIncarnationIsDropped() throws Exception {
        var fake = fake(N2);
        var node = start(CALM);
        // The node's call is answered by incarnation 5, but it is incarnation 6 that calls.
        var stale = fake.accept();
        open.add(stale);
        FakePeer.write(stale, FakePeer.frame(body -> fake.hello(N1, 5).write(FrameKind.WELCOME, body)));
        fake.out = fake.dial(N1, fake.hello(N1, 6));
        assertThat(FakePeer.endsBy(stale)).isTrue();

        fake.in = fake.accept();
        FakePeer.write(fake.in, FakePeer.frame(body -> fake.hello(N1, 6).write(FrameKind.WELCOME, body)));
        await().until(() -> node.connections.equals(List.of("connected n2 6")));
    }

    @Test
    void aCallByAnOlderIncarnationIsDropped() throws Exception {
        var node = start(CALM);
        var fake = fake(N2);
        var stale = fake.dial(N1, fake.hello(N1, 5));
        open.add(stale);
        fake.in = fake.accept();
        FakePeer.write(fake.in, FakePeer.frame(body -> fake.hello(N1, 6).write(FrameKind.WELCOME, body)));
        assertThat(FakePeer.endsBy(stale)).isTrue();

        fake.out = fake.dial(N1, fake.hello(N1, 6));
        await().until(() -> node.connections.equals(List.of("connected n2 6")));
    }

    @Test
    void aPeerThatIsSilentIsLost() throws Exception {
        var node = start(Net.pinging(Duration.ofMillis(50)));
        var fake = paired(node, N2);

        await().until(() -> node.connections.equals(List.of("connected n2 1", "lost n2")));
        assertThat(FakePeer.endsBy(fake.in)).isTrue();
        assertThat(FakePeer.endsBy(fake.out)).isTrue();
    }

    @Test
    void oneDirectionDoesNotWaitForEverForTheOther() throws Exception {
        var node = start(Net.pinging(Duration.ofMillis(50)));
        var fake = fake(N2);
        var welcomedOnly = fake.accept();
        open.add(welcomedOnly);
        FakePeer.write(welcomedOnly, FakePeer.frame(body -> fake.hello(N1, 1).write(FrameKind.WELCOME, body)));
        assertThat(FakePeer.endsBy(welcomedOnly)).isTrue();
        assertThat(node.connections).isEmpty();
    }

    // Bounds

    @Test
    void aPeerThatDoesNotReadCostsABoundedOutboxAndDropsAreCounted() throws Exception {
        int bound = 1 << 20;
        var node = start(Net.bounded(bound));
        var fake = paired(node, N2);
        int sent = 0;
        while (node.send(N2, Note.numbered(sent, 64 << 10))) {
            sent++;
        }
        for (int i = 0; i < 100; i++) {
            assertThat(node.send(N2, Note.numbered(-1, 64 << 10))).isFalse();
        }
        assertThat(node.call(() -> node.counters().droppedFull)).isEqualTo(101);
        assertThat(outboxBytes(node)).isLessThanOrEqualTo(bound);

        // Once it reads, all that was taken arrives, and there is room again.
        for (int i = 0; i < sent; i++) {
            var message = FakePeer.readFrame(fake.in);
            assertThat(new EnvelopeCodec<>(Note.class).decode(message)).isEqualTo(Note.numbered(i, 64 << 10));
        }
        await().until(() -> outboxBytes(node) == 0);
        assertThat(node.send(N2, Note.numbered(-2))).isTrue();
        assertThat(new EnvelopeCodec<>(Note.class).decode(FakePeer.readFrame(fake.in)))
                .isEqualTo(Note.numbered(-2));
    }

    private static long outboxBytes(Node node) throws Exception {
        return node.call(() -> node.transport().outboxBytes(N2));
    }

    @Test
    void closingDoesNotWaitForAPeerThatDoesNotRead() throws Exception {
        var node = start(Net.bounded(4 << 20));
        var fake = paired(node, N2);
        while (node.send(N2, Note.numbered(0, 64 << 10))) {
            // Until nothing more fits anywhere.
        }
        long start = System.nanoTime();
        node.halt();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(FakePeer.endsBy(fake.in)).isTrue();
    }

    // Garbage

    @Test
    void garbageBeforeTheHandshakeLeavesGoodPeersAlone() throws Exception {
        long seed = Long.getLong("dcluster.seed", new Random().nextLong());
        var random = new Random(seed);
        var node = start(CALM);
        var other = Node.start(vertx, Net.settings(members, N2));
        await().until(() -> node.connections.size() == 1);
        var fake = fake(N3);
        var good = FakePeer.frame(body -> fake.hello(N1, 1).write(FrameKind.HELLO, body));
        for (int i = 0; i < ROUNDS; i++) {
            try (var socket = fake.connect(N1)) {
                FakePeer.write(socket, mutated(good, random));
                socket.shutdownOutput();
                assertThat(FakePeer.endsBy(socket))
                        .as("seed=%d round=%d", seed, i)
                        .isTrue();
            }
            assertThat(other.send(N1, Note.numbered(i)))
                    .as("seed=%d round=%d", seed, i)
                    .isTrue();
        }
        await().until(() -> node.received.size() == ROUNDS);
        assertThat(node.connections.stream().filter(each -> each.contains("n2")))
                .as("seed=%d", seed)
                .hasSize(1);
        assertThat(node.call(() -> node.counters().malformed))
                .as("seed=%d", seed)
                .isGreaterThan(ROUNDS / 3);
    }

    @Test
    void mutatedMessagesOfAPeerBreakItsConnectionAndNothingElse() throws Exception {
        long seed = Long.getLong("dcluster.seed", new Random().nextLong());
        var random = new Random(seed);
        var node = start(CALM);
        var other = Node.start(vertx, Net.settings(members, N2));
        await().until(() -> node.connections.size() == 1);
        var fake = fake(N3);
        fake.pair(N1, 1);
        int pairs = 1;
        for (int i = 0; i < ROUNDS; i++) {
            try {
                FakePeer.write(fake.out, mutatedMessage(random));
                if (i % 10 == 0) {
                    // A length that was changed may make it wait for more, for ever.
                    fake.pair(N1, ++pairs);
                }
            } catch (SocketException closed) {
                fake.pair(N1, ++pairs);
            }
            assertThat(other.send(N1, Note.numbered(i)))
                    .as("seed=%d round=%d", seed, i)
                    .isTrue();
        }
        await().until(() ->
                node.received.stream().filter(each -> each.startsWith("n2 ")).count() == ROUNDS);
        assertThat(node.connections.stream().filter(each -> each.contains("n2")))
                .as("seed=%d", seed)
                .hasSize(1);
        assertThat(node.call(() -> node.counters().malformed))
                .as("seed=%d", seed)
                .isGreaterThan(ROUNDS / 20);
    }

    /** A frame with some bytes changed: of the body, under a checksum that fits; or of the whole. */
    private static byte[] mutatedMessage(Random random) {
        var body = new ByteWriter(64);
        new EnvelopeCodec<>(Note.class).encode(Note.numbered(random.nextInt(), random.nextInt(40)), body);
        if (random.nextBoolean()) {
            var changed = mutated(body.toArray(), random);
            return FakePeer.frame(out -> {
                out.writeByte(random.nextInt(9));
                out.write(changed, 0, changed.length);
            });
        }
        return mutated(FakePeer.frame(out -> out.write(body.array(), 0, body.size())), random);
    }

    private static byte[] mutated(byte[] source, Random random) {
        var bytes = random.nextInt(10) == 0 ? new byte[random.nextInt(3_000)] : source.clone();
        if (random.nextInt(10) == 0) {
            random.nextBytes(bytes);
        }
        for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
