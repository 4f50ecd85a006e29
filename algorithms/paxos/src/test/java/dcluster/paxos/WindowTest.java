package dcluster.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.toolkit.testing.Seeds;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final int STEPS = 400;

    @Test
    void itHoldsWhatAMapWouldHold() {
        Seeds.check(60, WindowTest::compareWithAMap);
    }

    private static void compareWithAMap(RandomGenerator random) {
        var window = new Window<String>();
        var map = new TreeMap<Long, String>();
        long floor = 0;
        int width = random.nextBoolean() ? 20 : 3000;
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(4) > 0) {
                long slot = floor + 1 + random.nextInt(width);
                window.put(slot, "at step " + step);
                map.put(slot, "at step " + step);
            } else {
                // Sometimes behind the floor, sometimes beyond all that it holds.
                long slot = Math.max(0, floor - 5 + random.nextInt(random.nextInt(8) == 0 ? 2 * width : 15));
                window.raiseTo(slot);
                map.headMap(slot, true).clear();
                floor = Math.max(floor, slot);
            }
            assertSame(window, map, floor, random);
        }
    }

    private static void assertSame(
            Window<String> window, NavigableMap<Long, String> map, long floor, RandomGenerator random) {
        assertThat(window.floor()).isEqualTo(floor);
        assertThat(LongStream.rangeClosed(floor + 1, window.last()).filter(slot -> window.get(slot) != null))
                .hasSize(map.size());
        assertThat(window.last()).isEqualTo(map.isEmpty() ? floor : map.lastKey());
        map.forEach((slot, element) -> assertThat(window.get(slot)).isEqualTo(element));
        for (int i = 0; i < 10; i++) {
            long slot = random.nextLong(floor + 7000);
            assertThat(window.get(slot)).isEqualTo(map.get(slot));
        }
    }

    @Test
    void nothingIsPutUpToTheFloor() {
        var window = new Window<String>();
        window.raiseTo(7);
        assertThatThrownBy(() -> window.put(7, "late")).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Window<String>().put(0, "none")).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void itTakesNoMemoryForWhatIsAbsurdlyFarAhead() {
        var window = new Window<String>();
        assertThatThrownBy(() -> window.put(1L << 40, "far"))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("too wide");
        assertThat(window.last()).isZero();
    }
}
