package dcluster.runtime.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import dcluster.codec.MalformedMessageException;
import dcluster.spi.NodeId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HelloTest {
    private static final Hello HELLO =
            new Hello(Hello.VERSION, "blue", new NodeId("n1"), 3, 5, new NodeId("n2"), "raft", 0xabcL);

    private static byte[] written(Hello hello) {
        var out = new ByteWriter(64);
        hello.write(FrameKind.HELLO, out);
        return out.toArray();
    }

    private static Hello read(byte[] bytes) {
        return Hello.read(new ByteReader(bytes, 1, bytes.length - 1));
    }

    @Test
    void theLayoutIsAsDrawn() {
        assertThat(HexFormat.of().formatHex(written(HELLO)))
                .isEqualTo("01" + "64636c75" + "00000001" + "04626c7565" + "026e31" + "0000000000000003"
                        + "0000000000000005" + "026e32" + "0472616674" + "0000000000000abc");
        assertThat(read(written(HELLO))).isEqualTo(HELLO);
    }

    @Test
    void ofAnotherVersionOnlyTheLastingPartIsRead() {
        var future = HexFormat.of().parseHex("01" + "64636c75" + "00000009" + "04626c7565" + "026e31" + "ffff");

        var hello = read(future);
        assertThat(hello.version()).isEqualTo(9);
        assertThat(hello.cluster()).isEqualTo("blue");
        assertThat(hello.sender()).isEqualTo(new NodeId("n1"));
    }

    @Test
    void whatIsNoHandshakeIsMalformed() {
        malformed(
                "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                "this is no node of dcluster");
        malformed(Arrays.copyOf(written(HELLO), 20), "bytes expected");
        malformed(Arrays.copyOf(written(HELLO), 100), "bytes too many");
        malformed(written(new Hello(1, "x".repeat(255), new NodeId("n1"), 1, 0, new NodeId("n2"), "", 0)), null);
        assertThatThrownBy(
                        () -> written(new Hello(1, "x".repeat(256), new NodeId("n1"), 1, 0, new NodeId("n2"), "", 0)))
                .isInstanceOf(IllegalArgumentException.class);
        malformed(
                HexFormat.of().parseHex("01" + "64636c75" + "00000001" + "04626c7565" + "022e2e" + "00"),
                "a node's name has");
    }

    private static void malformed(byte[] bytes, @org.jspecify.annotations.Nullable String why) {
        if (why == null) {
            read(bytes);
            return;
        }
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(why);
    }

    @Test
    void mutatedBytesAreAHandshakeOrMalformedAndNothingElse() {
        long seed = Long.getLong("dcluster.seed", new Random().nextLong());
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var bytes = written(HELLO);
            bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt(256);
            try {
                assertThat(read(bytes).cluster()).doesNotContainPattern("\\p{Cntrl}");
            } catch (MalformedMessageException expected) {
                // Either is right.
            } catch (RuntimeException e) {
                throw new AssertionError("seed=" + seed + " round=" + i, e);
            }
        }
    }
}
