package dcluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dcluster.spi.Bytes;
import dcluster.spi.Limits;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** {@link Frames} and {@link FrameReader}. */
final class FramesTest {
    private static final long SEED = Long.getLong("dcluster.seed", 20_260_101);

    @Test
    void aFrameIsLengthChecksumBody() {
        // The check value of CRC-32C for these nine digits, e3069283, is in every catalogue of CRCs.
        assertThat(HexFormat.of().formatHex(frame("123456789")))
                .isEqualTo("00000009" + "e3069283" + "313233343536373839");
    }

    @Test
    void framesStandOneAfterTheOther() {
        var out = new ByteWriter(0);
        out.writeByte(7);
        for (String body : List.of("one", "two")) {
            int start = Frames.begin(out);
            out.write(Bytes.utf8(body));
            Frames.end(out, start);
        }
        var reader = new FrameReader();
        reader.feed(out.toArray(), 1, out.size() - 1);
        assertThat(drain(reader)).containsExactly("one", "two");
    }

    @Test
    void anEmptyOrTooLargeBodyIsNotAFrame() {
        var out = new ByteWriter(0);
        int start = Frames.begin(out);
        assertThatThrownBy(() -> Frames.end(out, start))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 to 16777216 bytes, not 0");
        out.skip(Limits.MAX_FRAME_BYTES);
        Frames.end(out, start);
        out.writeByte(0);
        assertThatThrownBy(() -> Frames.end(out, start))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 to 16777216 bytes, not 16777217");
    }

    @Test
    void aStreamCutAnywhereGivesTheSameFrames() {
        var stream = stream("a", "bc", "x".repeat(300), "d");
        for (int cut = 0; cut <= stream.length; cut++) {
            var reader = new FrameReader();
            var bodies = new ArrayList<String>();
            reader.feed(stream, 0, cut);
            bodies.addAll(drain(reader));
            reader.feed(stream, cut, stream.length - cut);
            bodies.addAll(drain(reader));
            assertThat(bodies).as("cut=%d", cut).containsExactly("a", "bc", "x".repeat(300), "d");
        }
    }

    @Test
    void chunksOfAnySizeGiveTheSameFrames() {
        var random = new SplittableRandom(SEED);
        for (int run = 0; run < 300; run++) {
            var bodies = new String[random.nextInt(1, 20)];
            for (int i = 0; i < bodies.length; i++) {
                bodies[i] = "b".repeat(random.nextInt(8) == 0 ? random.nextInt(1, 100_000) : random.nextInt(1, 30));
            }
            int most = random.nextInt(1, 300) * random.nextInt(1, 300);
            assertThat(readInChunks(stream(bodies), most, random))
                    .as("seed=%d run=%d", SEED, run)
                    .containsExactly(bodies);
        }
    }

    private static List<String> readInChunks(byte[] stream, int most, SplittableRandom random) {
        var reader = new FrameReader();
        var bodies = new ArrayList<String>();
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(stream.length - at, random.nextInt(0, most + 1));
            reader.feed(stream, at, length);
            bodies.addAll(drain(reader));
            at += length;
        }
        return bodies;
    }

    @Test
    void aFlippedBitIsNoticedWhereverItIs() {
        var stream = stream("first", "second");
        int secondStart = frame("first").length;
        for (int bit = 0; bit < 8 * stream.length; bit++) {
            var damaged = stream.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            boolean inSecond = bit / 8 >= secondStart;
            var reader = new FrameReader();
            reader.feed(damaged, 0, damaged.length);
            if (inSecond) {
                assertThat(text(reader.next())).isEqualTo("first");
            }
            assertNoFrame(reader, inSecond ? secondStart : 0);
        }
    }

    /**
     * Nothing comes any more: at once, or because a length that grew by the damage waits for bytes that would not fit.
     */
    private static void assertNoFrame(FrameReader reader, long offset) {
        try {
            assertThat(reader.next()).isEmpty();
            reader.feed(new byte[1 << 16], 0, 1 << 16);
            assertThat(reader.next()).isEmpty();
        } catch (MalformedMessageException e) {
            assertThat(e.offset()).isEqualTo(offset);
        }
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceInTheStream() {
        var reader = new FrameReader();
        reader.feed(frame("four"), 0, 12);
        assertThat(drain(reader)).containsExactly("four");
        var damaged = frame("five");
        damaged[10]++;
        reader.feed(damaged, 0, 5);
        assertThat(reader.next()).isEmpty();
        reader.feed(damaged, 5, 7);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("a frame of 4 bytes has the checksum")
                    .hasMessageEndingWith("offset=12");
        }
    }

    @Test
    void aLengthOutOfBoundsIsRefusedAtOnce() {
        for (String length : List.of("00000000", "01000001", "ffffffff", "80000000")) {
            var reader = new FrameReader();
            reader.feed(HexFormat.of().parseHex(length + "00000000"), 0, 8);
            assertThatThrownBy(reader::next)
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("a frame's length is 1 to 16777216, not")
                    .hasMessageEndingWith("offset=0");
        }
    }

    @Test
    void memoryGrowsWithWhatCameAndNotWithWhatWasClaimed() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var reader = new FrameReader();
        long before = threads.getCurrentThreadAllocatedBytes();
        reader.feed(HexFormat.of().parseHex("0100000000000000" + "00".repeat(100)), 0, 108);
        assertThat(reader.next()).isEmpty();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void theLargestFrameComesInSmallChunks() {
        var body = "z".repeat(Limits.MAX_FRAME_BYTES);
        var random = new SplittableRandom(SEED);
        assertThat(readInChunks(stream("a", body, "b"), 100_000, random)).containsExactly("a", body, "b");
    }

    @Test
    void aChunkIsNotFedBeforeTheLastOneIsRead() {
        var reader = new FrameReader();
        var stream = stream("one", "two");
        reader.feed(stream, 0, stream.length);
        assertThat(text(reader.next())).isEqualTo("one");
        assertThatThrownBy(() -> reader.feed(stream, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unread");
        assertThat(text(reader.next())).isEqualTo("two");
        assertThat(reader.next()).isEmpty();
        reader.feed(stream, 0, stream.length);
        assertThat(drain(reader)).containsExactly("one", "two");
    }

    @Test
    void aWholeFrameIsNotCopied() {
        var chunk = frame("before");
        var reader = new FrameReader();
        reader.feed(chunk, 0, chunk.length);
        var body = reader.next();
        chunk[8] = 'B';
        assertThat(text(body)).isEqualTo("Before");
    }

    private static byte[] frame(String body) {
        return stream(body);
    }

    private static byte[] stream(String... bodies) {
        var out = new ByteWriter(0);
        for (String body : bodies) {
            int start = Frames.begin(out);
            out.write(Bytes.utf8(body));
            Frames.end(out, start);
        }
        return out.toArray();
    }

    private static List<String> drain(FrameReader reader) {
        var bodies = new ArrayList<String>();
        for (var body = reader.next(); body.isPresent(); body = reader.next()) {
            bodies.add(text(body));
            assertThat(bodies).hasSizeLessThan(100);
        }
        return bodies;
    }

    private static String text(Optional<ByteReader> body) {
        var in = body.orElseThrow();
        return in.readBytes(in.remaining()).toUtf8();
    }
}
