package dcluster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceWindowTest {
    @Test
    void aWindowOfOneAdmitsOnlyWhatIsAboveAllThatCame() {
        var window = new SequenceWindow(1);
        assertThat(window.admits(2)).isTrue();
        assertThat(window.admits(2)).isFalse();
        assertThat(window.admits(1)).isFalse();
        assertThat(window.admits(9)).isTrue();
        assertThat(window.admits(8)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void eachSequenceOfTheWindowIsAdmittedOnceAndNoOlderOne(int width) {
        int late = 0;
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var window = new SequenceWindow(width);
            var come = new HashSet<Long>();
            long last = 0;
            for (int i = 0; i < 1000; i++) {
                long sequence = Math.max(1, last + random.nextInt(-2 * width, random.nextInt(20) == 0 ? 3 * width : 3));
                boolean expected = !come.contains(sequence) && sequence > last - width;
                assertThat(window.admits(sequence))
                        .as("seed %d, %d-th: %d after %d", seed, i, sequence, last)
                        .isEqualTo(expected);
                late += expected && sequence < last ? 1 : 0;
                come.add(sequence);
                last = Math.max(last, sequence);
            }
        }
        assertThat(late).matches(count -> width == 1 ? count == 0 : count > 100);
    }
}
