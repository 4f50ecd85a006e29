package dcluster.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> COMMANDS = List.of("start", "stop", "status", "ps", "rm");

    @Test
    void theWordOfTheFewestSlipsIsMeant() {
        assertThat(Nearest.to("strat", COMMANDS)).contains("start");
        assertThat(Nearest.to("stopp", COMMANDS)).contains("stop");
        assertThat(Nearest.to("--wiat", List.of("--wait", "--watch"))).contains("--wait");
    }

    @Test
    void whatIsFarFromAllMeansNone() {
        assertThat(Nearest.to("benchmark", COMMANDS)).isEmpty();
        assertThat(Nearest.to("x", List.of())).isEmpty();
    }

    @Test
    void swappedNeighboursAreOneSlip() {
        assertThat(Nearest.slips("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.slips("", "abc")).isEqualTo(3);
        assertThat(Nearest.slips("kitten", "sitting")).isEqualTo(3);
    }
}
