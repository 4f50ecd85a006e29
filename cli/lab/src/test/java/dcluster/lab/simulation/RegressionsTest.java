package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.config.ClusterText;
import dcluster.simulation.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shortest schedules that broke something once, before it was mended. */
class RegressionsTest {
    private static final Subject RAFT = Subjects.of("raft", 3, 5);

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/regressions"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatWasMendedBreaksNoMore(Path file) {
        var scenario = Scenario.read(ClusterText.read(file));
        var outcome = new Life(RAFT, scenario, scenario.seed().orElseThrow()).live(Trace.NONE);
        assertThat(outcome.violation()).isEmpty();
        assertThat(outcome.findings().operations()).isPositive();
    }
}
