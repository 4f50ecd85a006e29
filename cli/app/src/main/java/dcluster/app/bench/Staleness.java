package dcluster.app.bench;

import dcluster.simulation.Links.Quality;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param parts which of the measurements
 * @param variants of the store whose visibility is measured; if there are none, the usual ones
 * @param nodes how many there are, each of which holds each key
 * @param delay the mean delay of a message
 * @param hasTail whether some messages take much longer than most
 * @param after how long after a write's acknowledgement it is read
 * @param trials how many reads for each share that is measured
 * @param runs how many clusters for each row of the other measurements
 * @param keys how many keys each of these has
 * @param seed of all that is drawn
 * @param command the words of a shell that measure the same again
 */
public record Staleness(
        Set<Part> parts,
        List<String> variants,
        int nodes,
        Duration delay,
        boolean hasTail,
        List<Duration> after,
        int trials,
        int runs,
        int keys,
        long seed,
        String command) {
    private static final long LEAST_NANOS = 100_000;

    /** The mean of a long tail, in spreads: that of Pareto's distribution, cut at thirty. */
    private static final double TAIL = 30.0 / 31;

    /** What can be measured by itself. */
    public enum Part {
        /** How soon reads see a write. */
        VISIBILITY,
        /** How replicas come to agree after a partition. */
        CONVERGENCE,
        /** What checkers make of what clients see. */
        CONSISTENCY;

        /** As the command line spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Links of that mean delay. */
    Quality links() {
        double spread = (delay.toNanos() - LEAST_NANOS) / (hasTail ? 0.5 + TAIL : 0.5);
        return new Quality(LEAST_NANOS, Math.round(spread), hasTail, 0, 0, 0);
    }
}
