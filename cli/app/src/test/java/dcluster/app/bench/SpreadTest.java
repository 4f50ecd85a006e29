package dcluster.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMiddleOneIsShownAndHowFarTheOthersLieApart() {
        var spread = Spread.of(List.of(1310.4, 980.2, 1204.0));
        assertThat(spread.median(0)).isEqualTo("1,204");
        assertThat(spread.least(0)).isEqualTo("980");
        assertThat(spread.most(0)).isEqualTo("1,310");
        assertThat(spread.range(0)).isEqualTo("980-1,310");
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        assertThat(Spread.of(List.of(Double.NaN, 2.0)).range(1)).isEqualTo("2.0-2.0");
        assertThat(Spread.of(List.of(Double.NaN)).median(1)).isEqualTo("-");
        assertThat(Spread.of(List.of()).range(1)).isEqualTo("-");
        assertThat(Spread.of(List.of()).least()).isNaN();
        assertThat(Spread.of(List.of()).most(1)).isEqualTo("-");
    }
}
