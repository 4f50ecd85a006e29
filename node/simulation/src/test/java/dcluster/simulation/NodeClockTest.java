package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodeClockTest {
    private static final long SECOND = 1_000_000_000L;

    private final Agenda agenda = new Agenda();
    private final NodeClock clock = new NodeClock(agenda, 1000, 5000);

    private void pass(long nanos) {
        agenda.pass(agenda.now() + nanos);
    }

    @Test
    void bothClocksRunWithTime() {
        pass(7);
        assertThat(clock.nowNanos()).isEqualTo(1007);
        assertThat(clock.wallNanos()).isEqualTo(5007);
    }

    @Test
    void aDriftConcernsBothAndOnlyTheTimeFromThenOn() {
        pass(SECOND);
        clock.drift(100_000);
        pass(SECOND);
        clock.drift(-200_000);
        pass(SECOND);
        clock.drift(0);
        pass(SECOND);
        assertThat(clock.nowNanos()).isEqualTo(1000 + 4 * SECOND - SECOND / 10);
        assertThat(clock.wallNanos()).isEqualTo(5000 + 4 * SECOND - SECOND / 10);
    }

    @Test
    void aLeapConcernsTheMonotonicClockAloneAndASettingTheOneOnTheWall() {
        clock.leap(30);
        clock.setWall(-400);
        pass(1);
        assertThat(clock.nowNanos()).isEqualTo(1031);
        assertThat(clock.wallNanos()).isEqualTo(4601);
    }

    @Test
    void whenIsTheFirstMomentAtWhichAValueIsShown() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            clock.drift(random.nextBoolean() ? 0 : random.nextLong(-900_000, 900_000));
            long value = clock.nowNanos() + random.nextLong(10 * SECOND);
            agenda.pass(clock.when(value));
            assertThat(clock.nowNanos()).isBetween(value, value + 3);
        }
    }

    @Test
    void whatIsShownAlreadyIsDueNow() {
        pass(50);
        assertThat(clock.when(1000)).isEqualTo(50);
        clock.leap(100);
        assertThat(clock.when(1150)).isEqualTo(50);
    }
}
