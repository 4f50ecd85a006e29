package dcluster.lab.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.config.Algorithms;
import dcluster.config.ClusterText;
import dcluster.lab.simulation.Rerun;
import dcluster.lab.simulation.Rerun.Label;
import dcluster.lab.simulation.Scenario;
import dcluster.simulation.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shortest schedules of what a campaign has found once, each under the name of the mutant in which it is not mended:
 * that one the schedule still breaks.
 */
class RegressionsTest {
    @TempDir
    Path folder = Path.of("unset");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/regressions"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void itBreaksWhatIsNotMendedAndNothingElse(Path file) throws IOException {
        var mutant = file.getFileName().toString().replace(".yaml", "");
        var mutated = Mutated.all().stream()
                .filter(algorithm -> mutant.startsWith(algorithm.name() + "-"))
                .findFirst()
                .orElseThrow();
        var jar = folder.resolve("mutant.jar");
        MutantJar.write(jar, Files.createDirectory(folder.resolve("classes")), List.of(mutated.only(mutant)));
        var algorithms = Algorithms.load(List.of(jar));
        var scenario = Scenario.read(ClusterText.read(file));

        assertThat(live(scenario, algorithms, mutant).violation()).isPresent();
        var mended = live(scenario, algorithms, mutated.name());
        assertThat(mended.violation()).isEmpty();
        assertThat(mended.findings().acknowledged()).isPositive();
    }

    private static Rerun live(Scenario scenario, Algorithms algorithms, String algorithm) {
        var subject = MutantsTest.subject(algorithms, algorithm);
        var schedule = scenario.schedule(subject, scenario.seed().orElseThrow());
        return Rerun.of(subject.whole(schedule), schedule, new Label(algorithm, ""), Trace.NONE);
    }
}
