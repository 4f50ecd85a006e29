package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.journal.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskPaceTest {
    private static final int MANY = 1000;
    private static final long MILLISECOND = 1_000_000;

    private final Agenda agenda = new Agenda();

    private DiskPace pace(long seed) {
        return new DiskPace(agenda, new Draws(seed), 0, new MemoryDisk());
    }

    /** How long each of many syncs takes, one after the other from the beginning of time. */
    private static List<Long> durations(long seed, long stallNanos) {
        var test = new DiskPaceTest();
        var pace = test.pace(seed);
        pace.stall(stallNanos);
        var durations = new ArrayList<Long>();
        for (int i = 0; i < MANY; i++) {
            long begin = test.agenda.now();
            pace.afterSync(() -> durations.add(test.agenda.now() - begin));
            test.agenda.run();
        }
        assertThat(pace.stalled()).isEqualTo(stallNanos > 0 ? MANY : 0);
        return durations;
    }

    @Test
    void syncsTakeWhatTheSeedDrawsAndSomeMuchLonger() {
        var durations = durations(1, 0);
        assertThat(durations).isEqualTo(durations(1, 0)).isNotEqualTo(durations(2, 0));
        assertThat(durations).allMatch(nanos -> nanos >= 50_000 && nanos < 21 * MILLISECOND);
        assertThat(durations.stream().distinct().count()).isGreaterThan(MANY * 9 / 10);
        assertThat(durations.stream().filter(nanos -> nanos > MILLISECOND)).hasSizeBetween(3, MANY / 20);
    }

    @Test
    void aStalledDiskTakesSoMuchLonger() {
        assertThat(durations(1, 30 * MILLISECOND)).allMatch(nanos -> nanos >= 30 * MILLISECOND + 50_000);
    }

    @Test
    void whatIsToHappenDuringASyncHappensOnceBeforeItsEnd() {
        var pace = pace(1);
        var happened = new ArrayList<String>();
        pace.duringNextSync(() -> happened.add("struck"));
        pace.afterSync(() -> happened.add("synced"));
        agenda.run();
        agenda.run();
        pace.afterSync(() -> happened.add("synced again"));
        agenda.run();
        assertThat(happened).containsExactly("struck", "synced", "synced again");
    }
}
