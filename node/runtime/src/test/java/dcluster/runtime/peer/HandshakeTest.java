package dcluster.runtime.peer;

import static dcluster.runtime.peer.Net.CALM;
import static dcluster.runtime.peer.Net.N1;
import static dcluster.runtime.peer.Net.N2;
import static dcluster.runtime.peer.Net.N3;
import static dcluster.runtime.peer.Net.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.codec.ByteWriter;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One transport, n1, and callers whose handshake is not as it should be. */
@Timeout(60)
final class HandshakeTest {
    private final Stage stage = new Stage();

    HandshakeTest() throws IOException {}

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void eachMismatchIsRefusedWithBothSidesNamed() throws Exception {
        var log = Log.of(PeerTransport.class);
        var node = stage.start(CALM);
        var fake = stage.fake(N2);
        var right = fake.hello(N1, 1);
        long schema = right.fingerprint();
        var stranger = new NodeId("n9");

        assertThat(refusal(fake, new Hello(2, "blue", N2, 1, 0, N1, "echo", schema)))
                .isEqualTo(
                        "n1 refuses n2: n1 speaks version 1 of the protocol, n2 version 2; run the same dcluster on both");
        assertThat(refusal(fake, new Hello(1, "green", N2, 1, 0, N1, "echo", schema)))
                .isEqualTo(
                        "n1 refuses n2: n1 is of cluster 'blue', n2 of cluster 'green'; one of them has a wrong address or port");
        assertThat(refusal(fake, new Hello(1, "blue", N1, 1, 0, N1, "echo", schema)))
                .isEqualTo(
                        "n1 refuses n1: both have the same name; each member is one process, and does not call itself");
        assertThat(refusal(fake, new Hello(1, "blue", stranger, 1, 0, N1, "echo", schema)))
                .isEqualTo(
                        "n1 refuses n9: cluster 'blue' has n1, n2, n3; start all of them with the same cluster file");
        assertThat(refusal(fake, new Hello(1, "blue", N2, 1, 0, N3, "echo", schema)))
                .isEqualTo("n1 refuses n2: the call was for n3; an address in the cluster file of n2 is wrong");
        assertThat(refusal(fake, new Hello(1, "blue", N2, 1, 0, N1, "raft", schema)))
                .isEqualTo(
                        "n1 refuses n2: n1 runs algorithm 'echo', n2 runs 'raft'; start all members with the same one");
        assertThat(refusal(fake, new Hello(1, "blue", N2, 1, 0, N1, "echo", 0xabc)))
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
        var fake = stage.fake(N2);
        var node = stage.start(CALM);
        try (var called = fake.accept()) {
            var other =
                    new Hello(1, "blue", N3, 1, 0, N1, "echo", fake.hello(N1, 1).fingerprint());
            FakePeer.write(called, FakePeer.frame(body -> other.write(FrameKind.WELCOME, body)));

            assertThat(FakePeer.endsBy(called)).isTrue();
        }
        assertThat(node.call(() -> node.transport().status().get(0).refusedBecause()))
                .isEqualTo("n1 refuses n3: the call was for n2");
    }

    @Test
    void aRefusalCannotForgeLinesOfTheLog() throws Exception {
        var fake = stage.fake(N2);
        var node = stage.start(CALM);
        try (var called = fake.accept()) {
            var text = "no\n2026-01-01 ERROR all is lost\u001b[31m".getBytes(StandardCharsets.UTF_8);
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
        var node = stage.start(new PeerOptions(
                CALM.outboxBytes(), Duration.ofMillis(100), CALM.backoff(), CALM.refusedBackoff(), CALM.ping()));
        try (var silent = stage.fake(N2).connect(N1)) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(node.call(() -> node.counters().handshakesDropped)).isEqualTo(1);
    }

    @Test
    void aCallThatIsNotAnsweredIsGivenUpAndRepeated() throws Exception {
        var fake = stage.fake(N2);
        stage.start(new PeerOptions(
                CALM.outboxBytes(), Duration.ofMillis(100), CALM.backoff(), CALM.refusedBackoff(), CALM.ping()));
        for (int i = 0; i < 3; i++) {
            try (var called = fake.accept()) {
                assertThat(called.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void ofTooManyStrangersTheOldestGoesAndAPeerStillGetsIn() throws Exception {
        var node = stage.start(CALM);
        var fake = stage.fake(N2);
        var strangers = new ArrayList<Socket>();
        for (int i = 0; i < Reception.MOST_STRANGERS + 5; i++) {
            var socket = fake.connect(N1);
            stage.closing(socket);
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
        var node = stage.start(CALM);
        try (var socket = stage.fake(N2).connect(N1)) {
            var claim = new ByteWriter(16);
            claim.writeInt(1 << 20);
            claim.writeInt(0);
            FakePeer.write(socket, claim.toArray());
            FakePeer.write(socket, new byte[Wire.HANDSHAKE_BYTES]);
            assertThat(FakePeer.endsBy(socket)).isTrue();
        }
        assertThat(node.call(() -> node.counters().malformed)).isEqualTo(1);
    }
}
