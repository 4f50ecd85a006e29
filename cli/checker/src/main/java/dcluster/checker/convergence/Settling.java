package dcluster.checker.convergence;

import java.time.Duration;
import java.util.Set;

/**
 * What is demanded.
 *
 * @param word the word of the note that tells that all faults are over
 * @param time how long a key must have been quiet before its reads are final; zero if from the first moment on
 * @param nodes those that must agree; if empty, all that the history names
 */
public record Settling(String word, Duration time, Set<String> nodes) {
    /** All nodes that a history names, at once after the note "heal". */
    public static final Settling AT_ONCE = after(Duration.ZERO);

    public Settling {
        nodes = Set.copyOf(nodes);
    }

    /** All nodes that a history names, so long after the note "heal". */
    public static Settling after(Duration time) {
        return new Settling("heal", time, Set.of());
    }
}
