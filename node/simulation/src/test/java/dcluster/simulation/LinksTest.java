package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Links.Cut;
import dcluster.simulation.Links.Quality;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final Cut LENIENT = new Cut("lenient", false);
    private static final Cut STRICT = new Cut("strict", true);

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
        links.cut(0, 1, LENIENT);
        links.cut(0, 1, STRICT);
        assertThat(links.loses(0, 1)).isTrue();
        assertThat(links.losesInFlight(0, 1)).isTrue();
        assertThat(links.loses(1, 0)).isFalse();
        links.mend(0, 1, STRICT);
        assertThat(links.loses(0, 1)).isTrue();
        assertThat(links.losesInFlight(0, 1)).isFalse();
        links.mend(0, 1, LENIENT);
        assertThat(links.loses(0, 1)).isFalse();
    }

    @Test
    void whatACutSwallowsIsCountedForWhatBroughtItAbout() {
        links.loses(0, 1);
        assertThat(links.lostBy("strict")).isZero();
        links.cut(0, 1, STRICT);
        links.loses(0, 1);
        links.losesInFlight(0, 1);
        assertThat(links.lostBy("strict")).isEqualTo(2);
        assertThat(links.lostBy("lenient")).isZero();
        links.cut(0, 1, LENIENT);
        links.loses(0, 1);
        links.losesInFlight(0, 1);
        assertThat(links.lostBy("strict")).isEqualTo(4);
        assertThat(links.lostBy("lenient")).isEqualTo(1);
    }
}
