package dcluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What holds for the codec of any type, as properties that a test calls with a type and a seed. Each failure names
 * both, and the bytes or the value that it met.
 */
public final class CodecProperties {
    // A byte can claim a small object and its place in a list; exceptions and their texts cost the same for any input.
    private static final long ALLOCATED_PER_BYTE = 100;
    private static final long ALLOCATED_ANYWAY = 64 << 10;

    private static final int SAMPLES_PER_MEMBER = 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Class<?> type;
    private final Codec<Object> codec;
    private final String label;
    private final ByteWriter out = new ByteWriter(1000);

    @SuppressWarnings("unchecked")
    private CodecProperties(Class<?> type, long seed) {
        this.type = type;
        this.codec = (Codec<Object>) Codec.of(type);
        this.label = "type=" + type.getName() + " seed=" + seed;
    }

    /**
     * How many frames a fuzz should try: system property {@code dcluster.fuzz.frames}, some thousands unless it is set.
     */
    public static int fuzzFrames() {
        return Integer.getInteger("dcluster.fuzz.frames", 5_000);
    }

    /** Random values of each member of the type are the same after encoding and decoding, and leave no byte over. */
    public static void roundTrip(Class<?> type, long seed, int runs) {
        var property = new CodecProperties(type, seed);
        var records = new RandomRecords(seed);
        var members = RandomRecords.members(type);
        for (int run = 0; run < runs && !members.isEmpty(); run++) {
            property.checkRoundTrip(records.next(members.get(run % members.size())));
        }
    }

    /**
     * Encoded values with bits flipped, cut, spliced, repeated, with hostile counts and numbers, decode to a value that
     * can be encoded and decoded again, or to a {@link MalformedMessageException}, in time and memory that their size
     * justifies.
     */
    public static void mutationFuzz(Class<?> type, long seed, int frames) {
        var property = new CodecProperties(type, seed);
        var limit = Duration.ofSeconds(60).plus(Duration.ofMillis(frames));
        assertTimeoutPreemptively(limit, () -> property.fuzz(seed, frames), () -> "a hang: " + property.label);
    }

    private void checkRoundTrip(Object value) {
        byte[] bytes = encode(value);
        var in = new ByteReader(bytes);
        assertThat(codec.decode(in)).as(label).isEqualTo(value);
        assertThat(in.remaining()).as("%s bytes left of %s", label, value).isZero();
        assertThat(encode(value)).as("%s encoded again: %s", label, value).isEqualTo(bytes);
    }

    private void fuzz(long seed, int frames) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var samples = samples(seed);
        var mutations = new Mutations(random);
        int decoded = 0;
        for (int frame = 0; frame < frames; frame++) {
            var mutated = mutations.mutate(oneOf(samples, random), oneOf(samples, random));
            decoded += checkMutated(mutated) ? 1 : 0;
        }
        boolean hasValues = !RandomRecords.members(type).isEmpty();
        assertThat(decoded)
                .as("%s: frames that decoded, of %d: some have to, and some not", label, frames)
                .isBetween(hasValues ? 1 : 0, frames - 1);
    }

    private List<byte[]> samples(long seed) {
        var records = new RandomRecords(seed);
        var samples = new ArrayList<>(List.of(new byte[] {0}));
        for (var member : RandomRecords.members(type)) {
            for (int i = 0; i < SAMPLES_PER_MEMBER; i++) {
                samples.add(encode(records.next(member)));
            }
        }
        return samples;
    }

    /** Whether the bytes were those of a value. */
    private boolean checkMutated(byte[] bytes) {
        var value = decodeWithinBounds(bytes);
        try {
            value.ifPresent(this::checkRoundTrip);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(label + " decoded, but not encoded again: " + describe(bytes), e);
        }
        return value.isPresent();
    }

    private Optional<Object> decodeWithinBounds(byte[] bytes) {
        long bound = ALLOCATED_ANYWAY + ALLOCATED_PER_BYTE * bytes.length;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        var value = decode(bytes);
        if (THREADS.getCurrentThreadAllocatedBytes() - before <= bound) {
            return value;
        }
        // The first to come a certain way also pays for linking it.
        long beforeAgain = THREADS.getCurrentThreadAllocatedBytes();
        var again = decode(bytes);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - beforeAgain)
                .as("%s allocated for %s", label, describe(bytes))
                .isLessThanOrEqualTo(bound);
        return again;
    }

    private Optional<Object> decode(byte[] bytes) {
        try {
            var in = new ByteReader(bytes);
            var value = codec.decode(in);
            in.end();
            return Optional.of(value);
        } catch (MalformedMessageException e) {
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(label + " decoded: " + describe(bytes), e);
        }
    }

    private byte[] encode(Object value) {
        out.clear(1 << 20);
        codec.encode(value, out);
        return out.toArray();
    }

    private static byte[] oneOf(List<byte[]> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String describe(byte[] bytes) {
        return bytes.length + " bytes " + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 2_000));
    }
}
