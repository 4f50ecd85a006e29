package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedsTest {
    private static LongStream all(Seeds seeds) {
        return LongStream.rangeClosed(seeds.first(), seeds.last());
    }

    @Test
    void theSharesAreAllSeedsEachOnce() {
        var seeds = new Seeds(5, 1007);
        for (int of : new int[] {1, 2, 3, 10, 1003}) {
            var shares = IntStream.rangeClosed(1, of)
                    .mapToObj(number -> seeds.share(number, of))
                    .toList();
            assertThat(shares.stream().flatMapToLong(SeedsTest::all).toArray())
                    .isEqualTo(all(seeds).toArray());
            var sizes = shares.stream().mapToLong(Seeds::count).summaryStatistics();
            assertThat(sizes.getMax() - sizes.getMin()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aShareThatThereIsNotIsRefused() {
        var seeds = new Seeds(1, 10);
        assertThatIllegalArgumentException().isThrownBy(() -> seeds.share(0, 2)).withMessageContaining("from 1 to 2");
        assertThatIllegalArgumentException().isThrownBy(() -> seeds.share(3, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seeds.share(1, 0))
                .withMessage("there is at least one share, as in 1/1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seeds.share(1, 11))
                .withMessage("10 seeds are too few for 11 shares");
    }

    @Test
    void seedsAreCountedFromOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Seeds(0, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Seeds(4, 3))
                .withMessageContaining("as in 1..1000, not 4..3");
        assertThat(new Seeds(3, 3)).hasToString("3");
        assertThat(new Seeds(3, 4)).hasToString("3..4");
    }
}
