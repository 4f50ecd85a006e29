package dcluster.runtime.peer;

import static dcluster.runtime.peer.Net.CALM;
import static dcluster.runtime.peer.Net.N1;
import static dcluster.runtime.peer.Net.N2;
import static dcluster.runtime.peer.Net.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.codec.ByteWriter;
import dcluster.codec.Frames;
import dcluster.host.EnvelopeCodec;
import dcluster.spi.DurationRange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One transport, n1, against peers that break off, stay silent, or do not read. */
@Timeout(60)
final class BrokenPairsTest {
    private final Stage stage = new Stage();

    BrokenPairsTest() throws IOException {}

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void aMessageBeforeBothDirectionsAreOpenBreaksTheConnection() throws Exception {
        var node = stage.start(CALM);
        var fake = stage.fake(N2);
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
        var node = stage.start(CALM);
        var fake = stage.fake(N2);
        fake.out = fake.connect(N1);
        fake.out.setTcpNoDelay(true);
        for (byte b : FakePeer.frame(body -> fake.hello(N1, 1).write(FrameKind.HELLO, body))) {
            fake.out.getOutputStream().write(b);
        }
        assertThat(FakePeer.readFrame(fake.out).readByte()).isEqualTo((byte) FrameKind.WELCOME);
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
        var node = stage.start(CALM);
        var fake = stage.paired(node, N2);
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
        var node = stage.start(CALM);
        var fake = stage.paired(node, N2);
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
        var fake = stage.fake(N2);
        var node = stage.start(CALM);
        // The node's call is answered by incarnation 5, but it is incarnation 6 that calls.
        var stale = fake.accept();
        stage.closing(stale);
        FakePeer.write(stale, FakePeer.frame(body -> fake.hello(N1, 5).write(FrameKind.WELCOME, body)));
        fake.out = fake.dial(N1, fake.hello(N1, 6));
        assertThat(FakePeer.endsBy(stale)).isTrue();

        fake.in = fake.accept();
        FakePeer.write(fake.in, FakePeer.frame(body -> fake.hello(N1, 6).write(FrameKind.WELCOME, body)));
        await().until(() -> node.connections.equals(List.of("connected n2 6")));
    }

    @Test
    void aCallByAnOlderIncarnationIsDropped() throws Exception {
        var node = stage.start(CALM);
        var fake = stage.fake(N2);
        var stale = fake.dial(N1, fake.hello(N1, 5));
        stage.closing(stale);
        fake.in = fake.accept();
        FakePeer.write(fake.in, FakePeer.frame(body -> fake.hello(N1, 6).write(FrameKind.WELCOME, body)));
        assertThat(FakePeer.endsBy(stale)).isTrue();

        fake.out = fake.dial(N1, fake.hello(N1, 6));
        await().until(() -> node.connections.equals(List.of("connected n2 6")));
    }

    @Test
    void aPeerThatLivedForAWhileIsDialledAgainSoonHoweverOftenItIsLost() throws Exception {
        var calm = Net.pinging(Duration.ofMillis(20));
        var fake = stage.fake(N2);
        stage.start(new PeerOptions(
                calm.outboxBytes(),
                calm.handshake(),
                new DurationRange(Duration.ofMillis(10), Duration.ofMinutes(1)),
                calm.refusedBackoff(),
                calm.ping()));
        // A wait that only doubled would be longer than the patience of accept() from the eleventh time on.
        for (int i = 0; i < 14; i++) {
            fake.in = fake.accept();
            FakePeer.write(fake.in, FakePeer.frame(body -> fake.hello(N1, 1).write(FrameKind.WELCOME, body)));
            fake.out = fake.dial(N1, fake.hello(N1, 1));
            assertThat(FakePeer.readFrame(fake.in).readByte()).isEqualTo((byte) FrameKind.PING);
            fake.out.close();
            fake.in.close();
        }
    }

    @Test
    void aPeerThatConnectsWhileReadingIsPausedIsNotRead() throws Exception {
        var node = stage.start(CALM);
        node.call(() -> {
            node.transport().pauseReading();
            return true;
        });
        var fake = stage.paired(node, N2);
        fake.send(Note.numbered(1));
        await().during(Duration.ofMillis(200)).until(node.received::isEmpty);

        node.call(() -> {
            node.transport().resumeReading();
            return true;
        });
        await().until(() -> node.received.equals(List.of("n2 1")));
    }

    @Test
    void aPeerThatIsSilentIsLost() throws Exception {
        var node = stage.start(Net.pinging(Duration.ofMillis(50)));
        var fake = stage.paired(node, N2);

        await().until(() -> node.connections.equals(List.of("connected n2 1", "lost n2")));
        assertThat(FakePeer.endsBy(fake.in)).isTrue();
        assertThat(FakePeer.endsBy(fake.out)).isTrue();
    }

    @Test
    void oneDirectionDoesNotWaitForEverForTheOther() throws Exception {
        var node = stage.start(Net.pinging(Duration.ofMillis(50)));
        var fake = stage.fake(N2);
        var welcomedOnly = fake.accept();
        stage.closing(welcomedOnly);
        FakePeer.write(welcomedOnly, FakePeer.frame(body -> fake.hello(N1, 1).write(FrameKind.WELCOME, body)));
        assertThat(FakePeer.endsBy(welcomedOnly)).isTrue();
        assertThat(node.connections).isEmpty();
    }

    @Test
    void aPeerThatDoesNotReadCostsABoundedOutboxAndDropsAreCounted() throws Exception {
        int bound = 1 << 20;
        var node = stage.start(Net.bounded(bound));
        var fake = stage.paired(node, N2);
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
        var node = stage.start(Net.bounded(4 << 20));
        var fake = stage.paired(node, N2);
        while (node.send(N2, Note.numbered(0, 64 << 10))) {
            // Until nothing more fits anywhere.
        }
        long start = System.nanoTime();
        node.halt();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(FakePeer.endsBy(fake.in)).isTrue();
    }
}
