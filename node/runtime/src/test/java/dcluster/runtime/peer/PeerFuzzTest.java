package dcluster.runtime.peer;

import static dcluster.runtime.peer.Net.CALM;
import static dcluster.runtime.peer.Net.N1;
import static dcluster.runtime.peer.Net.N2;
import static dcluster.runtime.peer.Net.N3;
import static dcluster.runtime.peer.Net.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.codec.ByteWriter;
import dcluster.host.EnvelopeCodec;
import java.io.IOException;
import java.net.SocketException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One transport, n1, under a hail of garbage; a good peer goes on as if nothing had happened. */
@Timeout(60)
final class PeerFuzzTest {
    private static final int ROUNDS = Integer.getInteger("dcluster.fuzz.rounds", 2_000);

    private final Stage stage = new Stage();

    PeerFuzzTest() throws IOException {}

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void garbageBeforeTheHandshakeLeavesGoodPeersAlone() throws Exception {
        long seed = Long.getLong("dcluster.seed", new Random().nextLong());
        var random = new Random(seed);
        var node = stage.start(CALM);
        var other = Node.start(stage.vertx, Net.settings(stage.members, N2));
        await().until(() -> node.connections.size() == 1);
        var fake = stage.fake(N3);
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
        var node = stage.start(CALM);
        var other = Node.start(stage.vertx, Net.settings(stage.members, N2));
        await().until(() -> node.connections.size() == 1);
        var fake = stage.fake(N3);
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
