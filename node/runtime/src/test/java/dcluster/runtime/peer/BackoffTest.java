package dcluster.runtime.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.DurationRange;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final Backoff backoff =
            new Backoff(new DurationRange(Duration.ofMillis(50), Duration.ofSeconds(1)), new Random(1));

    @Test
    void waitsDoubleUpToTheLongestAndAreDrawnFromTheUpperHalf() {
        for (int full : new int[] {50, 100, 200, 400, 800, 1000, 1000, 1000}) {
            assertThat(backoff.nextMillis()).isBetween(full / 2L, (long) full);
        }
    }

    @Test
    void afterAResetTheWaitIsTheShortestAgain() {
        IntStream.range(0, 10).forEach(i -> backoff.nextMillis());
        backoff.reset();

        assertThat(backoff.nextMillis()).isBetween(25L, 50L);
    }

    @Test
    void waitsDiffer() {
        assertThat(IntStream.range(0, 100)
                        .mapToLong(i -> backoff.jittered(1000))
                        .distinct()
                        .count())
                .isGreaterThan(50);
    }
}
