package dcluster.app.simulate;

import dcluster.lab.simulation.Scenario;
import dcluster.lab.simulation.Subject;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is simulated.
 *
 * @param file that of the scenario, if it is not the usual one
 * @param command the words of a shell that simulate it again, but for the scenario and the seeds
 */
public record Simulated(Subject subject, Scenario scenario, Optional<Path> file, String command) {
    /** What somebody types to see the scenario of a file again, in whatever folder. */
    String again(Path other) {
        var path = other.toAbsolutePath().normalize().toString();
        return command + " --scenario " + (path.matches("[A-Za-z0-9/._-]+") ? path : "'" + path + "'");
    }

    /** What somebody types to see one seed again. */
    String replay(long seed) {
        var base = file.map(this::again).orElse(command);
        return scenario.seed().isPresent() ? base : base + " --replay " + seed;
    }

    /** How people call one seed of it. */
    String title(long seed) {
        return subject.algorithm().name()
                + file.map(each -> ", " + each.getFileName()).orElse("")
                + (scenario.seed().isPresent() ? "" : ", seed " + seed);
    }
}
