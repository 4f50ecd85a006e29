package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void theCheckValueOfTheCrcHolds() {
        assertThat(slot("123456789")).isEqualTo(0x31c3);
    }

    @Test
    void slotsAreThoseThatRedisClusterTells() {
        assertThat(slot("foo")).isEqualTo(12_182);
        assertThat(slot("bar")).isEqualTo(5_061);
        assertThat(slot("")).isZero();
    }

    @Test
    void whatStandsInBracesDecides() {
        assertThat(slot("{user1000}.following")).isEqualTo(slot("user1000"));
        assertThat(slot("foo{bar}{zap}")).isEqualTo(slot("bar"));
        assertThat(slot("foo{{bar}}zap")).isEqualTo(slot("{bar"));
    }

    @Test
    void bracesAroundNothingAreLetters() {
        assertThat(slot("foo{}{bar}")).isNotEqualTo(slot("bar")).isNotEqualTo(slot(""));
        assertThat(slot("{foo")).isNotEqualTo(slot("foo"));
    }

    private static int slot(String key) {
        return Slots.of(Bytes.utf8(key));
    }
}
