package dcluster.lab.staleness;

import static dcluster.lab.staleness.Stores.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.lab.staleness.Promise.Kept;
import dcluster.simulation.Fault;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.WallClock;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Population;
import dcluster.simulation.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromiseTest {
    private static final int KEYS = 18;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Quality SLOW = new Quality(100_000, 3_300_000, true, 0, 0, 0);

    private static Kept withAClockAhead(String versions, Duration ahead, long pauseMillis) {
        return Promise.judge(
                Stores.store(2, 2, versions),
                terms(new WallClock(Target.ANY, ahead.toNanos(), 0), Duration.ZERO, pauseMillis, false));
    }

    private static Promise.Terms terms(Fault fault, Duration after, long pauseMillis, boolean deletes) {
        return new Promise.Terms(
                Quality.GOOD, List.of(fault), after, KEYS, Duration.ofMillis(pauseMillis), deletes, PATIENCE, 1);
    }

    private static Kept apart(Population<?, ?, ?, ?> store, Partition.Form form, boolean deletes) {
        return Promise.judge(
                store, terms(new Partition(form, Target.ANY, false, 0), Duration.ofMillis(300), 400, deletes));
    }

    // Clocks

    @Test
    void lastWriteWinsLosesAcknowledgedWritesToAClockThatIsAnHourAhead() {
        var kept = withAClockAhead(LATEST, Duration.ofHours(1), 2000);
        assertThat(kept.acknowledged()).isEqualTo(3 * KEYS);
        assertThat(kept.lost()).isPositive();
        assertThat(kept.stale()).isGreaterThanOrEqualTo(kept.lost());
        assertThat(kept.example().orElseThrow()).contains("but before the read", "had begun later and ended");
    }

    @Test
    void vectorClocksLoseNoneThen() {
        var kept = withAClockAhead("", Duration.ofHours(1), 2000);
        assertThat(kept.acknowledged()).isEqualTo(3 * KEYS);
        assertThat(kept.lost()).isZero();
        assertThat(kept.stale()).isZero();
        assertThat(kept.siblings()).as("two clients write at the same time").isPositive();
    }

    @Test
    void lastWriteWinsIsRegularWhileClocksAgreeBetterThanTheTimeBetweenTwoWrites() {
        assertThat(withAClockAhead(LATEST, Duration.ofMillis(100), 200).stale()).isZero();
        assertThat(withAClockAhead(LATEST, Duration.ofMillis(100), 20).lost()).isPositive();
    }

    @Test
    void aFaultThatNobodyFeelsConfirmsNothing() {
        var late = new WallClock(Target.ANY, Duration.ofHours(1).toNanos(), 0);
        var kept = Promise.judge(Stores.store(2, 2, LATEST), terms(late, Duration.ofHours(1), 0, false));
        assertThat(kept.isConfirmed()).isFalse();
        assertThat(withAClockAhead(LATEST, Duration.ofHours(1), 0).isConfirmed())
                .isTrue();
    }

    // Partitions

    @Test
    void strictQuorumsAreRegularUnderAPartition() {
        var kept = apart(Stores.store("quorum", 5), Partition.Form.HALVES, false);
        assertThat(kept.stale()).isZero();
        assertThat(kept.acknowledged()).as("some find no quorum").isBetween(1L, 3L * KEYS - 1);
    }

    @Test
    void sloppyQuorumsAreStaleUnderAPartitionAndLoseNothing() {
        var kept = apart(Stores.store("quorum:sloppy=true", 5), Partition.Form.HALVES, false);
        assertThat(kept.isConfirmed()).isTrue();
        assertThat(kept.stale()).isPositive();
        assertThat(kept.lost()).isZero();
    }

    @Test
    void whatIsDeletedWhileANodeIsCutOffStaysDeleted() {
        var kept = apart(Stores.store("quorum", 3), Partition.Form.ISOLATE, true);
        assertThat(kept.stale()).isZero();
        assertThat(kept.lost()).isZero();
    }

    @Test
    void quorumsThatNeedNotMeetAreStaleAndLoseNothing() {
        var kept = Promise.judge(
                Stores.store(1, 1, ""),
                new Promise.Terms(SLOW, List.of(), Duration.ZERO, KEYS, Duration.ZERO, false, PATIENCE, 1));
        assertThat(kept.stale()).isPositive();
        assertThat(kept.lost()).isZero();
    }
}
