package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Draws.Purpose;
import java.util.HashSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrawsTest {
    private final Draws draws = new Draws(1);

    @Test
    void aNumberIsAFunctionOfItsNameAndSeedAlone() {
        long first = draws.bits(Purpose.TURN, 1, 2);
        draws.bits(Purpose.TURN, 1, 3);
        assertThat(draws.bits(Purpose.TURN, 1, 2)).isEqualTo(first);
        assertThat(new Draws(1).bits(Purpose.TURN, 1, 2)).isEqualTo(first);
        assertThat(new Draws(1).sequence(Purpose.ALGORITHM, 1, 2).nextLong())
                .isEqualTo(draws.sequence(Purpose.ALGORITHM, 1, 2).nextLong());
    }

    @Test
    void namesThatDifferAnywhereDrawOtherNumbers() {
        var all = new HashSet<Long>();
        for (long seed = 1; seed <= 3; seed++) {
            for (var purpose : Purpose.values()) {
                for (long who = 0; who < 10; who++) {
                    for (long n = -10; n < 10; n++) {
                        all.add(new Draws(seed).bits(purpose, who, n));
                    }
                }
            }
        }
        assertThat(all).hasSize(3 * Purpose.values().length * 10 * 20);
    }

    @Test
    void numbersAreSpreadEvenlyWithinTheirBounds() {
        var tens = LongStream.range(0, 10_000)
                .map(n -> draws.below(10, Purpose.SYNC, 0, n))
                .toArray();
        for (long value = 0; value < 10; value++) {
            long each = value;
            assertThat(LongStream.of(tens).filter(drawn -> drawn == each).count())
                    .isBetween(850L, 1150L);
        }
        var shares = LongStream.range(0, 10_000)
                .mapToDouble(n -> draws.share(Purpose.SYNC, 1, n))
                .summaryStatistics();
        assertThat(shares.getMin()).isBetween(0.0, 0.01);
        assertThat(shares.getMax()).isBetween(0.99, Math.nextDown(1.0));
        assertThat(shares.getAverage()).isBetween(0.48, 0.52);
    }
}
