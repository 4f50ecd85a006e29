package dcluster.runtime.peer;

import static dcluster.runtime.peer.Net.CALM;
import static dcluster.runtime.peer.Net.N1;
import static dcluster.runtime.peer.Net.N2;
import static dcluster.runtime.peer.Net.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One transport, n1, and a peer whose folder was lost, replaced or copied between two of its lives. */
@Timeout(60)
final class LivesTest {
    private static final String SEVEN = "connected n2 7";

    private final Stage stage = new Stage();

    LivesTest() throws IOException {}

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void anIncarnationThatWentDownIsRefusedAndBothNumbersAreNamed() throws Exception {
        var node = stage.start(CALM);
        var fake = stage.fake(N2);
        fake.pair(N1, 7);
        await().until(() -> node.connections.equals(List.of(SEVEN)));

        assertThat(refusal(fake, fake.hello(N1, 5)))
                .startsWith("n1 refuses n2: n2 says that it is incarnation 5, after incarnation 7 was heard of; ")
                .contains("its folder was emptied or replaced by an older copy");
        assertThat(node.connections).as("the life that is on is not disturbed").containsExactly(SEVEN);
        assertThat(node.call(() -> node.counters().refusedByUs)).isEqualTo(1);
    }

    @Test
    void anotherProcessOfTheSameIncarnationIsRefused() throws Exception {
        var node = stage.start(CALM);
        var fake = stage.fake(N2);
        fake.pair(N1, 7);
        await().until(() -> node.connections.equals(List.of(SEVEN)));
        var own = fake.hello(N1, 7);
        var twin = new Hello(
                own.version(), own.cluster(), N2, 7, own.process() + 1, N1, own.algorithm(), own.fingerprint());

        assertThat(refusal(fake, twin))
                .startsWith("n1 refuses n2: n2 says that it is incarnation 7, and so said another process before; ");
        assertThat(node.connections).containsExactly(SEVEN);
    }

    @Test
    void theSameProcessAndLaterIncarnationsAreWelcome() throws Exception {
        var node = stage.start(CALM);
        var fake = stage.fake(N2);
        fake.pair(N1, 7);
        await().until(() -> node.connections.equals(List.of(SEVEN)));
        fake.pair(N1, 7);
        await().until(() -> node.connections.equals(List.of(SEVEN, "lost n2", SEVEN)));
        fake.pair(N1, 9);
        await().until(() -> node.connections.equals(List.of(SEVEN, "lost n2", SEVEN, "lost n2", "connected n2 9")));
    }

    @Test
    void aCallThatIsAnsweredByAnIncarnationThatWentDownIsGivenUpAndSoonRepeated() throws Exception {
        var node = stage.start(CALM);
        var fake = stage.fake(N2);
        fake.pair(N1, 7);
        await().until(() -> node.connections.equals(List.of(SEVEN)));
        fake.out.close();
        for (int i = 0; i < 2; i++) {
            try (var called = fake.accept()) {
                FakePeer.write(called, FakePeer.frame(body -> fake.hello(N1, 6).write(FrameKind.WELCOME, body)));
                assertThat(FakePeer.endsBy(called)).isTrue();
            }
        }
        assertThat(node.call(() -> node.transport().status().get(0).refusedBecause()))
                .startsWith("n1 refuses n2: n2 says that it is incarnation 6, after incarnation 7 was heard of; ");
        fake.pair(N1, 8);
        await().until(() -> node.connections.equals(List.of(SEVEN, "lost n2", "connected n2 8")));
    }

    @Test
    void bothLogsNameBothNumbers() throws Exception {
        try (var log = Log.of(PeerTransport.class)) {
            var node = stage.start(CALM);
            var later = Node.start(stage.vertx, Net.settings(stage.members, N2, 2, CALM));
            await().until(() -> node.connections.equals(List.of("connected n2 2")));
            later.halt();
            await().until(() -> node.connections.size() == 2);
            Node.start(stage.vertx, Net.settings(stage.members, N2, 1, CALM));

            String reason = "n1 refuses n2: n2 says that it is incarnation 1, after incarnation 2 was heard of; ";
            await().atMost(Duration.ofSeconds(10))
                    // Of what n1 refuses as called and as caller, whichever came first, it warns once.
                    .until(() -> log.warnings().stream()
                                    .anyMatch(line -> line.startsWith(reason)
                                            || (line.startsWith("no connection to n2 at ") && line.contains(reason)))
                            && log.warnings().stream()
                                    .anyMatch(line ->
                                            line.startsWith("no connection to n1 at ") && line.contains(reason)));
            assertThat(node.connections).hasSize(2);
        }
    }

    private static String refusal(FakePeer fake, Hello hello) throws IOException {
        try (Socket socket = fake.dial(N1, hello)) {
            var body = FakePeer.readFrame(socket);
            assertThat(body.readByte()).isEqualTo((byte) FrameKind.REFUSED);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            return body.readBytes(body.remaining()).toUtf8();
        }
    }
}
