package dcluster.lab.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.lab.staleness.Healing.Healed;
import dcluster.simulation.Links.Quality;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealingTest {
    private static final Healing.Terms TERMS = new Healing.Terms(
            Quality.GOOD,
            24,
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            Duration.ofSeconds(5),
            List.of("keys handed off", "read repairs", "keys repaired", "repair bytes"),
            1);

    private static Healed healed(String options) {
        return Healing.measure(Stores.store(1, 1, options), TERMS);
    }

    @ParameterizedTest
    @CsvSource({"hinted-handoff,keys handed off", "read-repair,read repairs", "anti-entropy,keys repaired"})
    void eachMechanismAloneMakesReplicasAgree(String mechanism, String figure) {
        var healed = healed(Stores.UNREPAIRED.replace(mechanism + "=false", mechanism + "=true"));
        assertThat(healed.agreement()).isPresent();
        assertThat(healed.figures().get(figure)).isPositive();
        assertThat(healed.figures()).containsKeys("keys handed off", "read repairs", "keys repaired", "repair bytes");
    }

    @Test
    void withoutAnyReplicasStayApartAndReadsStale() {
        var healed = healed(Stores.UNREPAIRED);
        assertThat(healed.isConfirmed()).isTrue();
        assertThat(healed.agreement()).isEmpty();
        assertThat(healed.stale()).isPositive().isLessThan(healed.reads());
        assertThat(healed.figures().values()).allSatisfy(sum -> assertThat(sum).isZero());
    }
}
