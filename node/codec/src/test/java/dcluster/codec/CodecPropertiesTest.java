package dcluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.codec.elsewhere.Provider;
import dcluster.spi.Command;
import dcluster.spi.Nothing;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecPropertiesTest {
    private static final long SEED = Long.getLong("dcluster.seed", 20_260_101);

    static List<Class<?>> types() {
        return List.of(
                Command.class,
                Response.class,
                Result.class,
                Nasty.class,
                Nasty.Tree.class,
                Nothing.class,
                CodecBenchmark.Message.class,
                Provider.messageType());
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatIsEncodedIsDecodedAgain(Class<?> type) {
        CodecProperties.roundTrip(type, SEED, 1_000);
    }

    @ParameterizedTest
    @MethodSource("types")
    void damagedBytesAreAValueOrMalformed(Class<?> type) {
        CodecProperties.mutationFuzz(type, SEED, CodecProperties.fuzzFrames());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {Command.class, Response.class, Nasty.Numbers.class, Nasty.Values.class, Nasty.Containers.class})
    <T> void whatDecodesIsTheOnlyFormOfItsValue(Class<T> type) {
        var codec = Codec.of(type);
        var records = new RandomRecords(SEED);
        var mutations = new Mutations(new SplittableRandom(SEED));
        int decoded = 0;
        for (int i = 0; i < 4_000; i++) {
            var bytes = mutations.mutate(encode(codec, records.next(type)), new byte[] {1, 0, 2});
            var in = new ByteReader(bytes);
            try {
                var value = codec.decode(in);
                assertThat(encode(codec, value))
                        .as("seed=%d %s", SEED, value)
                        .isEqualTo(Arrays.copyOf(bytes, in.offset()));
                decoded++;
            } catch (MalformedMessageException e) {
                assertThat(e.offset()).isBetween(0L, (long) bytes.length);
            }
        }
        assertThat(decoded).as("mutations that decode").isBetween(40, 3_960);
    }

    @Test
    void theGeneratorMakesEveryMemberAndTheSameWithTheSameSeed() {
        var records = new RandomRecords(SEED);
        var again = new RandomRecords(SEED);
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            var value = records.next(Nasty.class);
            assertThat(again.next(Nasty.class)).isEqualTo(value);
            seen.add(value.getClass());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(RandomRecords.members(Nasty.class));
    }

    /** Every instance is unlike any other: what a codec without the property would look like. */
    record Unlike(long number) {
        static final AtomicLong COUNT = new AtomicLong();

        Unlike {
            number = COUNT.incrementAndGet();
        }
    }

    @Test
    void theRoundTripPropertyCanFail() {
        assertThatThrownBy(() -> CodecProperties.roundTrip(Unlike.class, SEED, 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed=" + SEED)
                .hasMessageContaining("Unlike");
    }

    /** Allocates what it is told to, as no record may. */
    record Greedy(int count) {
        static final Set<Object> KEPT = Collections.newSetFromMap(new IdentityHashMap<>());

        Greedy {
            KEPT.clear();
            KEPT.add(new byte[Math.floorMod(count, 10_000_000)]);
        }
    }

    @Test
    void theFuzzSeesWhatIsAllocatedForFewBytes() {
        assertThatThrownBy(() -> CodecProperties.mutationFuzz(Greedy.class, SEED, 1_000))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("allocated for")
                .hasMessageContaining("seed=" + SEED);
    }

    /** Fails as no constructor may. */
    record Fatal(int count) {
        Fatal {
            if (count == -1) {
                throw new AssertionError("an error is not a refusal");
            }
        }
    }

    @Test
    void theFuzzSeesErrorsThatAreNotRefusals() {
        assertThatThrownBy(() -> CodecProperties.mutationFuzz(Fatal.class, SEED, 5_000))
                .isInstanceOf(AssertionError.class);
    }

    private static <T> byte[] encode(Codec<T> codec, T value) {
        var out = new ByteWriter(100);
        codec.encode(value, out);
        return out.toArray();
    }
}
