package dcluster.lab.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a campaign has found, at its end or up to now.
 *
 * @param volume how much was simulated
 * @param coverage what it was to meet, and has met or not
 * @param voids the seeds that prove nothing, and why
 * @param undecided the seeds whose history nobody had the time or memory to judge
 * @param broken the lowest seed that broke something, if one has
 */
public record Report(
        Volume volume, Coverage coverage, Map<Long, String> voids, Set<Long> undecided, Optional<Broken> broken) {
    /** So many seeds should meet whatever can be met; fewer may miss it by chance. */
    public static final int LEAST_SEEDS = 300;

    private static final int SEEDS_PER_VOID = 100;

    /**
     * How much was simulated.
     *
     * @param events that a trace tells
     * @param turns of nodes
     * @param nanos of virtual time
     * @param states of clusters that differ
     */
    public record Volume(long seeds, long events, long turns, long nanos, long operations, long states) {}

    /** What was to be met, with how often it was. */
    public record Coverage(List<Met> properties, List<Met> faults) {
        /** All that never happened. */
        public List<String> missing() {
            return Stream.concat(properties.stream(), faults.stream())
                    .filter(met -> met.times() == 0)
                    .map(Met::what)
                    .toList();
        }
    }

    /** Something that a campaign is to meet, in how many of its seeds it did, and how often in all of them. */
    public record Met(String what, long seeds, long times) {}

    /** A seed in which something happened that must never happen. */
    public record Broken(long seed, String property, String what) {}

    /** That of one seed alone, which drew its faults. */
    public static Report of(Subject subject, Outcome outcome) {
        return of(subject, Scenario.USUAL, outcome);
    }

    /** That of one seed alone. */
    public static Report of(Subject subject, Scenario scenario, Outcome outcome) {
        var totals = new Totals(subject, scenario);
        totals.add(outcome);
        return totals.report();
    }

    /** What follows from it; of several the first. */
    public Verdict verdict() {
        if (broken.isPresent()) {
            return Verdict.VIOLATION;
        }
        if (hasTooManyVoids() || (isLarge() && !coverage.missing().isEmpty())) {
            return Verdict.INCONCLUSIVE;
        }
        return undecided.isEmpty() ? Verdict.CLEAN : Verdict.UNKNOWN;
    }

    /** Whether more than one seed in a hundred is void. */
    public boolean hasTooManyVoids() {
        return (long) voids.size() * SEEDS_PER_VOID > volume.seeds();
    }

    /** Whether it should have met everything. */
    public boolean isLarge() {
        return volume.seeds() >= LEAST_SEEDS;
    }
}
