package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static List<Long> numbers(Chain chain) {
        var numbers = new ArrayList<Long>();
        for (long number = chain.first(); number != 0; number = chain.after(number)) {
            numbers.add(number);
        }
        assertThat(numbers).hasSize(chain.size());
        assertThat(chain.last()).isEqualTo(numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1));
        return numbers;
    }

    @Test
    void anEmptyOneHasNeitherAFirstNorALast() {
        assertThat(numbers(Chain.EMPTY)).isEmpty();
        assertThat(numbers(Chain.EMPTY.toEnd(7).without(7))).isEmpty();
    }

    @Test
    void itKeepsTheOrderInWhichNumbersWerePutAtItsEndLast() {
        Seeds.check(200, random -> {
            var chain = Chain.EMPTY;
            var expected = new ArrayList<Long>();
            for (int step = 0; step < 100; step++) {
                Long number = random.nextLong(1, 10);
                boolean wasThere = expected.remove(number);
                if (wasThere && random.nextInt(3) == 0) {
                    chain = chain.without(number);
                } else {
                    chain = chain.toEnd(number);
                    expected.add(number);
                }
                assertThat(numbers(chain)).isEqualTo(expected);
            }
        });
    }

    @Test
    void aChangeLeavesTheFormerOneAsItWas() {
        var before = Chain.EMPTY.toEnd(1).toEnd(2).toEnd(3);
        before.toEnd(1);
        before.without(2);
        assertThat(numbers(before)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aNumberThatIsNotThereHasNoPlace() {
        assertThatThrownBy(() -> Chain.EMPTY.after(3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Chain.EMPTY.without(3)).isInstanceOf(IllegalArgumentException.class);
    }
}
