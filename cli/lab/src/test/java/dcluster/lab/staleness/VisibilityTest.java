package dcluster.lab.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dcluster.simulation.Links.Quality;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibilityTest {
    private static final int TRIALS = 150;
    private static final Quality SLOW = new Quality(100_000, 3_300_000, true, 0, 0, 0);
    private static final List<Duration> AFTER = List.of(Duration.ZERO, Duration.ofMillis(2), Duration.ofMillis(10));
    private static final Visibility.Terms TERMS = new Visibility.Terms(SLOW, AFTER, 3, TRIALS, 1);

    private static double error(double share) {
        // Four standard errors, and what a share that was drawn itself may be off; the seed is fixed.
        return 4 * Math.sqrt(share * (1 - share) / TRIALS) + 0.02;
    }

    @ParameterizedTest
    @CsvSource({"1,1,last-write-wins", "1,2,last-write-wins", "2,1,last-write-wins", "1,1,vector-clock"})
    void partialQuorumsAreAsStaleAsPredicted(int reads, int writes, String versions) {
        var population = Stores.store(reads, writes, ",versions=" + versions + Stores.UNREPAIRED);
        var measured = Visibility.measure(population, TERMS);
        var predicted = Visibility.predict(new Quorums(3, reads, writes), versions.equals("vector-clock"), TERMS);
        for (int i = 0; i < AFTER.size(); i++) {
            double share = predicted.byTime().get(i).within(1);
            assertThat(measured.byTime().get(i).within(1))
                    .as("%s", AFTER.get(i))
                    .isCloseTo(share, within(error(share)));
            assertThat(measured.byTime().get(i).reads()).isEqualTo(TRIALS);
        }
        for (int last = 1; last <= 3; last++) {
            double share = predicted.byVersion().within(last);
            assertThat(measured.byVersion().within(last)).as("last %s", last).isCloseTo(share, within(error(share)));
        }
        assertThat(measured.byTime().get(0).within(1)).as("some read is stale").isLessThan(1);
    }

    @ParameterizedTest
    @CsvSource({"1,3", "2,2", "3,1"})
    void quorumsThatMeetAreNeverStale(int reads, int writes) {
        var measured = Visibility.measure(Stores.store(reads, writes, Stores.LATEST + Stores.UNREPAIRED), TERMS);
        assertThat(measured.byTime())
                .allSatisfy(behind -> assertThat(behind.within(1)).isEqualTo(1));
        assertThat(measured.byVersion().within(1)).isEqualTo(1);
    }

    @Test
    void theSameSeedMeasuresTheSameAndAnotherOneSomethingElse() {
        var again = shares(TERMS);
        assertThat(shares(TERMS)).isEqualTo(again);
        assertThat(shares(new Visibility.Terms(SLOW, AFTER, 3, TRIALS, 2))).isNotEqualTo(again);
    }

    private static List<Double> shares(Visibility.Terms terms) {
        return Visibility.measure(Stores.store(1, 1, Stores.UNREPAIRED), terms).byTime().stream()
                .map(behind -> behind.within(1))
                .toList();
    }

    @Test
    void whatDoesNotSucceedIsLeftOutAndCounted() {
        var crawling = new Quality(10_000_000_000L, 1, false, 0, 0, 0);
        var measured = Visibility.measure(
                Stores.store(2, 2, Stores.UNREPAIRED), new Visibility.Terms(crawling, List.of(Duration.ZERO), 1, 2, 1));
        assertThat(measured.byTime().get(0).reads()).isZero();
        assertThat(measured.byTime().get(0).within(1)).isNaN();
        assertThat(measured.latency().orElseThrow().unanswered()).isEqualTo(4);
    }
}
