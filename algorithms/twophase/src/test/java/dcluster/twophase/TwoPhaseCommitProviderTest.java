package dcluster.twophase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dcluster.spi.AlgorithmProvider;
import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import dcluster.spi.Traits.Consistency;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TwoPhaseCommitProviderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TwoPhaseCommitProvider provider = new TwoPhaseCommitProvider();

    private static TwoPhaseCommitConfig times(Duration lockTimeout, Duration resendAfter, Duration patience) {
        return config(lockTimeout, resendAfter, patience, new int[] {64, 100}, 4 << 10);
    }

    private static TwoPhaseCommitConfig sizes(int tokens, int outcomes, long compactAbove) {
        return config(SECOND, SECOND, SECOND, new int[] {tokens, outcomes}, compactAbove);
    }

    private static TwoPhaseCommitConfig config(
            Duration lockTimeout, Duration resendAfter, Duration patience, int[] counts, long compactAbove) {
        return new TwoPhaseCommitConfig(
                Protocol.BASIC,
                Locking.NO_WAIT,
                Termination.COORDINATOR,
                lockTimeout,
                resendAfter,
                patience,
                counts[0],
                counts[1],
                new ByteSize(compactAbove));
    }

    private static void isRefused(Runnable made, String message) {
        assertThatIllegalArgumentException().isThrownBy(made::run).withMessage(message);
    }

    @Test
    void itIsFoundByItsNameAndEveryOptionHasADefault() {
        assertThat(ServiceLoader.load(AlgorithmProvider.class))
                .anyMatch(found -> "two-phase-commit".equals(found.name()));
        assertThat(Stream.of(TwoPhaseCommitConfig.class.getRecordComponents()))
                .allMatch(component -> component.isAnnotationPresent(Default.class));
    }

    @Test
    void itClaimsStrictSerializabilityAndNothingThatShardsCannotKeep() {
        var traits = provider.traits(Rig.config());
        assertThat(traits.consistency()).isEqualTo(Consistency.STRICT_SERIALIZABLE);
        assertThat(traits.properties()).isEmpty();
        assertThat(traits.operations()).containsOnlyKeys("in-doubt", "owner", "resolve");
    }

    @Test
    void timesThatCannotBeAreRefused() {
        isRefused(() -> times(Duration.ZERO, SECOND, SECOND), "lock-timeout is at least 1ms");
        isRefused(() -> times(SECOND, Duration.ofNanos(1), SECOND), "resend-after is at least 1ms");
        isRefused(() -> times(SECOND, SECOND, Duration.ofMillis(999)), "patience is at least resend-after");
    }

    @Test
    void sizesThatCannotBeAreRefused() {
        isRefused(() -> sizes(0, 1, 4 << 10), "tokens is from 1 to 256");
        isRefused(() -> sizes(257, 1, 4 << 10), "tokens is from 1 to 256");
        isRefused(() -> sizes(1, 0, 4 << 10), "outcomes is from 1 to 10000");
        isRefused(() -> sizes(1, 10_001, 4 << 10), "outcomes is from 1 to 10000");
        isRefused(() -> sizes(1, 1, (4 << 10) - 1), "compact-above is at least 4KiB");
        assertThatCode(() -> sizes(256, 10_000, 4 << 10)).doesNotThrowAnyException();
    }

    @Test
    void theRingOfAClusterThatHasRunStaysAsItIs() {
        var members = Rig.members(3);
        assertThatCode(() -> provider.checkChange(
                        sizes(64, 100, 4 << 10), members, Rig.config(Protocol.PRESUMED_COMMIT), members))
                .doesNotThrowAnyException();
        isRefused(
                () -> provider.checkChange(sizes(64, 100, 4 << 10), members, sizes(65, 100, 4 << 10), members),
                "two-phase-commit goes on with the tokens that it began with, 64, not with 65: each key stays with its"
                        + " participant");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.checkChange(
                        sizes(64, 100, 4 << 10), members, sizes(64, 100, 4 << 10), Rig.members(4)));
    }

    @Test
    void aMiniatureKeepsWhatMakesItTheSameVariant() {
        var small = provider.inMiniature(Rig.config(Protocol.BASIC, Locking.TIMEOUT, Termination.COORDINATOR));
        assertThat(small.protocol()).isEqualTo(Protocol.BASIC);
        assertThat(small.locking()).isEqualTo(Locking.TIMEOUT);
        assertThat(small.termination()).isEqualTo(Termination.COORDINATOR);
        assertThat(small.tokens()).isEqualTo(Rig.config().tokens());
    }
}
