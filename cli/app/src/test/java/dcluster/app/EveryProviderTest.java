package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.codec.CodecProperties;
import dcluster.config.Algorithms;
import dcluster.spi.AlgorithmProvider;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What must hold for every algorithm that ServiceLoader finds: a new one is covered by being there. */
class EveryProviderTest {
    private static final Algorithms ALGORITHMS = Algorithms.load(List.of());
    private static final long SEED = 1;
    private static final int ROUND_TRIPS = 500;

    @Test
    void theAlgorithmsOfThisVersionAreFound() {
        assertThat(ALGORITHMS.names()).contains("raft", "none");
    }

    @TestFactory
    Stream<DynamicTest> whatItSendsAndJournalsComesBackFromItsBytes() {
        return types().map(type ->
                DynamicTest.dynamicTest(type.getName(), () -> CodecProperties.roundTrip(type, SEED, ROUND_TRIPS)));
    }

    /** {@code -Ddcluster.fuzz.frames=1000000} makes a campaign of it. */
    @TestFactory
    Stream<DynamicTest> damagedBytesAreMalformedOrAnotherValueAndNothingElse() {
        int frames = CodecProperties.fuzzFrames();
        return types().map(type ->
                DynamicTest.dynamicTest(type.getName(), () -> CodecProperties.mutationFuzz(type, SEED, frames)));
    }

    private static Stream<Class<?>> types() {
        return ALGORITHMS.all().stream().flatMap(EveryProviderTest::types);
    }

    private static Stream<Class<?>> types(AlgorithmProvider<?, ?, ?, ?> provider) {
        return Stream.<Class<?>>of(provider.messageType(), provider.recordType());
    }
}
