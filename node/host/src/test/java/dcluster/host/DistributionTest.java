package dcluster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void aBoundBelongsToItsRangeAndTheLastRangeHasNone() {
        var distribution = new Distribution(10, 100);
        for (long value : new long[] {0, 10, 11, 100, 101, 5000}) {
            distribution.record(value);
        }
        assertThat(distribution.countUpTo(0)).isEqualTo(2);
        assertThat(distribution.countUpTo(1)).isEqualTo(4);
        assertThat(distribution.countUpTo(distribution.boundCount())).isEqualTo(6);
        assertThat(distribution.sum()).isEqualTo(5222);
    }

    @Test
    void boundsRise() {
        assertThatThrownBy(() -> new Distribution(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Distribution.ofLatencies().bound(3)).isEqualTo(1_000_000);
        assertThat(Distribution.ofSizes().bound(0)).isEqualTo(1);
    }
}
