package dcluster.runtime.peer;

import static dcluster.runtime.peer.Net.CALM;
import static dcluster.runtime.peer.Net.N1;
import static dcluster.runtime.peer.Net.N2;
import static dcluster.runtime.peer.Net.N3;
import static dcluster.runtime.peer.Net.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.runtime.admin.Unready;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When n1 may call itself ready, by what its peers n2 and n3 say to it. */
@Timeout(60)
final class RefusedTest {
    private final Stage stage = new Stage();

    RefusedTest() throws IOException {}

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void aNodeWhosePeersCannotBeReachedIsAsReadyAsItCanBe() throws Exception {
        var node = stage.start(CALM);
        await().until(() -> unready(node).isEmpty());
    }

    @Test
    void aNodeIsNotReadyBeforeItKnowsWhatEachOfItsPeersSays() throws Exception {
        var silent = stage.fake(N2);
        var node = stage.start(CALM);
        try (var called = silent.accept()) {
            assertThat(called.isConnected()).isTrue();
            assertThat(unready(node)).contains(Unready.forNow("its first call to n2 was not answered yet"));
        }
        await().until(() -> unready(node).isEmpty());
    }

    @Test
    void aNodeThatIsRefusedAndAcceptedByNoneIsNotReadyAndSaysWhy() throws Exception {
        var fake = stage.fake(N2);
        var node = stage.start(CALM);
        refuse(fake, "n2 refuses n1: it has forgotten");
        await().until(() -> unready(node).equals(Optional.of(new Unready("n2 refuses n1: it has forgotten", true))));
    }

    @Test
    void oneAcceptingPeerIsEnough() throws Exception {
        var refusing = stage.fake(N2);
        var node = stage.start(CALM);
        refuse(refusing, "n2 refuses n1: it has forgotten");
        await().until(() -> unready(node).isPresent());

        var accepting = stage.paired(node, N3);
        assertThat(unready(node)).isEmpty();
        accepting.close();
        await().until(() -> unready(node).isPresent());
    }

    @Test
    void aPeerThatIsGoneRefusesNobodyAnyMore() throws Exception {
        var fake = stage.fake(N2);
        var node = stage.start(CALM);
        refuse(fake, "n2 refuses n1: it has forgotten");
        await().until(() -> unready(node).isPresent());
        fake.close();
        await().until(() -> unready(node).isEmpty());
    }

    @Test
    void whomANodeRefusesItselfIsNoReasonNotToBeReady() throws Exception {
        var fake = stage.fake(N2);
        var node = stage.start(CALM);
        try (var called = fake.accept()) {
            var other = new Hello(
                    1, "green", N2, 1, 0, N1, "echo", fake.hello(N1, 1).fingerprint());
            FakePeer.write(called, FakePeer.frame(body -> other.write(FrameKind.WELCOME, body)));
            assertThat(FakePeer.endsBy(called)).isTrue();
        }
        await().until(() -> node.call(() -> node.transport().status().get(0).refusedBecause()) != null);
        await().until(() -> unready(node).isEmpty());
    }

    private static void refuse(FakePeer fake, String why) throws IOException {
        try (var called = fake.accept()) {
            var text = why.getBytes(StandardCharsets.UTF_8);
            FakePeer.write(called, FakePeer.frame(body -> {
                body.writeByte(FrameKind.REFUSED);
                body.write(text, 0, text.length);
            }));
            assertThat(FakePeer.endsBy(called)).isTrue();
        }
    }

    private static Optional<Unready> unready(Node node) throws Exception {
        return node.call(() -> node.transport().unready());
    }
}
