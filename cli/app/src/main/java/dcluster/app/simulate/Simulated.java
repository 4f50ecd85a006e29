package dcluster.app.simulate;

import dcluster.lab.simulation.Subject;
import java.nio.file.Path;

/**
 * What is simulated.
 *
 * @param command the words of a shell that simulate it again, but for the seeds
 */
public record Simulated(Subject subject, String command) {
    /** What somebody types to see a schedule again. */
    String schedule(Path file) {
        return command + " --schedule " + (file.toString().matches("[A-Za-z0-9/._-]+") ? file : "'" + file + "'");
    }

    /** What somebody types to see one seed again. */
    String replay(long seed) {
        return command + " --replay " + seed;
    }
}
