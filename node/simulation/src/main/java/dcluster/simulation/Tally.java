package dcluster.simulation;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has met, and how often: elections, lost tails, overtaking messages. A campaign in which something that it
 * was to exercise never happened has shown nothing about it.
 */
public final class Tally {
    /** A node that was wiped has recovered from the others. */
    public static final String RECOVERED = "recovered from a wipe";

    private final Map<String, Long> counts = new TreeMap<>();

    /** It happened once more. */
    public void meet(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** It happened so often. */
    public void meet(String what, long times) {
        if (times > 0) {
            counts.merge(what, times, Long::sum);
        }
    }

    /** All that was met in another run was met here, too. */
    public void add(Tally other) {
        other.counts.forEach(this::meet);
    }

    /** How often it happened. */
    public long count(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** All that happened, by name. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
