package dcluster.app.simulate;

import dcluster.lab.simulation.Subject;

/**
 * What is simulated.
 *
 * @param command the words of a shell that simulate it again, but for the seeds
 */
public record Simulated(Subject subject, String command) {
    /** What somebody types to see one seed again. */
    String replay(long seed) {
        return command + " --replay " + seed;
    }
}
