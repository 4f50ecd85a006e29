package dcluster.runtime.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import dcluster.codec.MalformedMessageException;
import dcluster.host.Envelope;
import dcluster.host.EnvelopeCodec;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EnvelopeCodecTest {
    sealed interface Other {
        record Numbered(long number) implements Other {}
    }

    private static final List<Envelope<Note>> ENVELOPES = List.of(
            Note.numbered(-1, 300),
            new Envelope.Message<>(new Note.Plain()),
            new Envelope.Forward<>(1, Long.MAX_VALUE, 300, new Command.Put(Bytes.utf8("k"), Bytes.utf8("v"))),
            new Envelope.Answer<>(2, 0, new Response.Ok(new Result.Elements(List.of(Bytes.utf8("e"), Bytes.EMPTY)))),
            new Envelope.Answer<>(3, 1, new Response.Redirect(new NodeId("n2"))),
            new Envelope.Answer<>(3, 2, new Response.Failed(Response.Reason.OVERLOADED, "too much")));

    private final EnvelopeCodec<Note> codec = new EnvelopeCodec<>(Note.class);

    private byte[] encoded(Envelope<Note> envelope) {
        var out = new ByteWriter(64);
        codec.encode(envelope, out);
        return out.toArray();
    }

    @Test
    void whatIsEncodedIsDecoded() {
        for (var envelope : ENVELOPES) {
            assertThat(codec.decode(new ByteReader(encoded(envelope)))).isEqualTo(envelope);
        }
    }

    @Test
    void theHeadOfAnEnvelopeIsAsDocumented() {
        assertThat(HexFormat.of().formatHex(encoded(ENVELOPES.get(2))))
                .startsWith("06" + "01" + "ffffffffffffffff7f" + "ac02");
        assertThat(HexFormat.of().formatHex(encoded(ENVELOPES.get(3)))).startsWith("07" + "02" + "00");
        assertThat(HexFormat.of().formatHex(encoded(ENVELOPES.get(1)))).startsWith("05");
    }

    @Test
    void anEnvelopeEndsWithItsFrame() {
        var longer = java.util.Arrays.copyOf(encoded(ENVELOPES.get(1)), 100);

        assertThatThrownBy(() -> codec.decode(new ByteReader(longer)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("bytes too many");
        assertThatThrownBy(() -> codec.decode(new ByteReader(new byte[] {9})))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("no envelope is of the kind 9 offset=1");
        assertThatThrownBy(() -> codec.decode(new ByteReader(new byte[0])))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void mutatedBytesAreAnEnvelopeOrMalformedAndNothingElse() {
        long seed = Long.getLong("dcluster.seed", new Random().nextLong());
        var random = new Random(seed);
        int malformed = 0;
        for (int i = 0; i < 20_000; i++) {
            var bytes = encoded(ENVELOPES.get(random.nextInt(ENVELOPES.size())));
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(Math.min(40, bytes.length))] = (byte) random.nextInt(256);
            }
            try {
                codec.decode(new ByteReader(bytes));
            } catch (MalformedMessageException expected) {
                malformed++;
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed=" + seed + " round=" + i + " bytes="
                                + HexFormat.of().formatHex(bytes),
                        e);
            }
        }
        assertThat(malformed).as("seed=%d", seed).isGreaterThan(2_000);
    }

    @Test
    void theFingerprintTellsSchemasApart() {
        assertThat(codec.fingerprint()).isEqualTo(new EnvelopeCodec<>(Note.class).fingerprint());
        assertThat(codec.fingerprint()).isNotEqualTo(new EnvelopeCodec<>(Other.class).fingerprint());
    }
}
