package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Limits;
import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final int MOST = Limits.CHUNK_BYTES;

    private static List<List<Integer>> batches(List<Integer> sizes) {
        var batches = new ArrayList<List<Integer>>();
        Batches.of(sizes, size -> size, batches::add);
        return batches;
    }

    @Test
    void nothingMakesNoBatch() {
        assertThat(batches(List.of())).isEmpty();
    }

    @Test
    void whatFitsIsOneBatch() {
        assertThat(batches(List.of(1, MOST - 1))).containsExactly(List.of(1, MOST - 1));
        assertThat(batches(List.of(1, MOST))).containsExactly(List.of(1), List.of(MOST));
    }

    @Test
    void whatIsLargerThanABatchStandsAlone() {
        assertThat(batches(List.of(1, 2 * MOST, 1))).containsExactly(List.of(1), List.of(2 * MOST), List.of(1));
    }

    @Test
    void batchesAreCopiesOfWhatWasGathered() {
        var gathered = new ArrayList<>(List.of(1, 2));
        var batches = batches(gathered);
        gathered.clear();
        assertThat(batches).containsExactly(List.of(1, 2));
    }

    @Test
    void noPartIsLostOrMovedAndNoTwoBatchesCouldBeOne() {
        Seeds.check(200, random -> {
            var sizes = random.ints(random.nextInt(20), 1, MOST).boxed().toList();
            var batches = batches(sizes);
            assertThat(batches.stream().flatMap(List::stream)).containsExactlyElementsOf(sizes);
            assertThat(batches).allMatch(batch -> sum(batch) <= MOST);
            assertThat(IntStream.range(1, batches.size()))
                    .allMatch(i -> sum(batches.get(i - 1)) + batches.get(i).get(0) > MOST);
        });
    }

    private static long sum(List<Integer> sizes) {
        return sizes.stream().mapToLong(size -> size).sum();
    }
}
