package dcluster.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.ByteSize;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.DurationRange;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The bytes as they were when this was written. If one of these fails, nodes of before and after do not understand each
 * other and journals cannot be read: change {@code format} in {@link Schema}, and what stands here, only if that is
 * meant.
 */
final class WireFormatTest {
    @Test
    void numbersAreZigzagVarints() {
        assertForm(
                Nasty.class,
                new Nasty.Numbers((byte) -1, (short) 1, -2, 64, 1.0, true),
                "05 ff 02 03 8001 3ff0000000000000 01");
        assertForm(
                Nasty.Numbers.class,
                new Nasty.Numbers((byte) 0, Short.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, -0.0, false),
                "00 ffff03 feffffff0f ffffffffffffffffff01 8000000000000000 00");
        assertForm(Nasty.Boxes.class, new Nasty.Boxes(true, -1, 63L), "01 01 7e");
    }

    @Test
    void valuesStandAsTheirContent() {
        var value = new Nasty.Values(
                "\u00e9!",
                Bytes.utf8("ab"),
                new NodeId("n1"),
                Duration.ofMillis(-1),
                new DurationRange(Duration.ZERO, Duration.ofSeconds(1, 5)),
                new ByteSize(64));
        assertForm(Nasty.Values.class, value, "03 c3a921 02 6162 02 6e31 01 c08faedc03 00 00 02 05 8001");
    }

    @Test
    void containersStandAsTheirCountAndContent() {
        var value = new Nasty.Containers(
                Optional.of(Optional.of(5L)),
                List.of(List.of(true, false), List.of()),
                List.of(new Nasty.Void0()),
                Map.of(new NodeId("a"), List.of("b")),
                Map.of(Nasty.Suit.HEARTS, Optional.empty()));
        assertForm(Nasty.Containers.class, value, "01 01 0a 02 02 01 00 00 01 00 01 01 61 01 01 62 01 01 00");
    }

    @Test
    void aMemberOfASealedInterfaceBeginsWithItsTag() {
        var value = new Nasty.Envelope(Optional.of(new Nasty.Nothing()), new Nasty.Both(Nasty.Suit.SPADES));
        assertForm(Nasty.class, value, "03 01 04 00 00");
        assertForm(Nasty.class, new Nasty.Tree(1, List.of(new Nasty.Tree(2, List.of()))), "09 02 01 04 00");
    }

    @Test
    void commandsAndResponses() {
        var key = Bytes.utf8("k");
        assertForm(Command.class, new Command.Put(key, Bytes.utf8("v1")), "0b 01 6b 02 7631 00 00");
        assertForm(
                Command.class,
                new Command.CompareAndSet(key, Optional.of(Bytes.EMPTY), Bytes.utf8("v")),
                "01 01 6b 01 00 01 76");
        assertForm(
                Command.class,
                new Command.Transaction(List.of(new Command.Get(key), new Command.Increment(key, -1))),
                "0e 02 04 01 6b 06 01 6b 01 00");
        assertForm(
                Command.class,
                new Command.Transaction(List.of(new Command.Get(key)), List.of(new Command.Watched(key, 300))),
                "0e 01 04 01 6b 01 01 6b d804");
        assertForm(Command.class, new Command.Operation("in-doubt", List.of("a")), "09 08 696e2d646f756274 01 01 61");
        assertForm(Command.class, new Command.OpenSession(), "08");
        assertForm(Command.class, new Command.InSession(3, 300, new Command.Get(key)), "05 06 d804 04 01 6b");
        assertForm(
                Result.class,
                new Result.Table(List.of("a", "b"), List.of(List.of("c", ""))),
                "06 02 0161 0162 01 02 0163 00");
        assertForm(Response.class, new Response.Ok(new Result.WholeNumber(300)), "01 07 d804");
        assertForm(Response.class, new Response.Redirect(new NodeId("n2")), "02 02 6e32");
        assertForm(
                Response.class,
                new Response.Failed(Response.Reason.UNAVAILABLE, "no leader"),
                "00 04 09 6e6f206c6561646572");
    }

    @Test
    void theSchemaIsText() {
        assertThat(Codec.of(Response.class).schema()).isEqualTo("""
                format 1 of Response
                Response:
                  0 Response.Failed(Response.Reason reason, String message)
                  1 Response.Ok(Result result)
                  2 Response.Redirect(NodeId to)
                  3 Response.Unknown(String message)
                Response.Reason: WRONG_TYPE NOT_A_NUMBER OUT_OF_RANGE UNSUPPORTED UNAVAILABLE OVERLOADED ABORTED
                Result:
                  0 Result.Absent()
                  1 Result.Applied(boolean applied)
                  2 Result.Each(List<Result> results)
                  3 Result.Elements(List<Bytes> elements)
                  4 Result.Found(Bytes value)
                  5 Result.Siblings(List<Bytes> values, Bytes context)
                  6 Result.Table(List<String> columns, List<List<String>> rows)
                  7 Result.WholeNumber(long value)
                """);
    }

    @Test
    void fingerprintsAreTheSameEverywhere() {
        assertThat(Long.toHexString(Codec.of(Nasty.class).fingerprint())).isEqualTo("b5ea9b9947d759e7");
    }

    record Before(long term, long index) {}

    record Swapped(long index, long term) {}

    enum Order {
        FIRST,
        SECOND
    }

    @Test
    void theFingerprintTellsSchemasApart() {
        var schema = Codec.of(Before.class).schema();
        var swapped = Codec.of(Swapped.class).schema();
        assertThat(swapped.replace("Swapped", "Before")).isNotEqualTo(schema);
        assertThat(Codec.of(Order.class).schema()).contains("FIRST SECOND");
        assertThat(Codec.of(Before.class).fingerprint())
                .isNotEqualTo(Codec.of(Swapped.class).fingerprint());
        assertThat(Codec.of(Long.class).fingerprint())
                .isNotEqualTo(Codec.of(Integer.class).fingerprint());
    }

    private static <T> void assertForm(Class<T> type, T value, String hex) {
        var out = new ByteWriter(100);
        Codec.of(type).encode(value, out);
        assertThat(HexFormat.of().formatHex(out.toArray())).isEqualTo(hex.replace(" ", ""));
        var in = new ByteReader(out.toArray());
        assertThat(Codec.of(type).decode(in)).isEqualTo(value);
        in.end();
    }
}
