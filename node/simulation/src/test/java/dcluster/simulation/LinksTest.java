package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Links.Quality;
import org.junit.jupiter.api.Test;

class LinksTest {
    private final Links links = new Links(3, Quality.GOOD);

    @Test
    void aLinkIsOneDirectionWithItsOwnQuality() {
        var bad = Quality.GOOD.with(0.5, 0, 0).slower(1, 2);
        links.quality(0, 1, bad);
        assertThat(links.quality(0, 1)).isEqualTo(new Quality(100_001, 400_002, false, 0.5, 0, 0));
        assertThat(links.quality(1, 0)).isEqualTo(Quality.GOOD);
    }

    @Test
    void aDirectionIsMendedWhenAllItsCutsAre() {
        links.cut(0, 1, 1, false);
        links.cut(0, 1, 1, true);
        assertThat(links.loses(0, 1)).isTrue();
        assertThat(links.losesInFlight(0, 1)).isTrue();
        assertThat(links.loses(1, 0)).isFalse();
        links.cut(0, 1, -1, true);
        assertThat(links.loses(0, 1)).isTrue();
        assertThat(links.losesInFlight(0, 1)).isFalse();
        links.cut(0, 1, -1, false);
        assertThat(links.loses(0, 1)).isFalse();
    }

    @Test
    void whatCutsSwallowIsCounted() {
        links.loses(0, 1);
        assertThat(links.lostByCuts()).isZero();
        links.cut(0, 1, 1, true);
        links.loses(0, 1);
        links.losesInFlight(0, 1);
        assertThat(links.lostByCuts()).isEqualTo(2);
        assertThat(links.lostByCuts(0, 1)).isEqualTo(2);
        assertThat(links.lostByCuts(1, 0)).isZero();
    }
}
