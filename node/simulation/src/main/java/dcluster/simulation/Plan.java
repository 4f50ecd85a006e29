package dcluster.simulation;

import java.util.List;

/**
 * What is done to a cluster in one run.
 *
 * @param seed of everything that is drawn while it runs
 * @param nanos how long faults may begin; afterwards everything is mended
 * @param faults in the order of their beginnings
 */
public record Plan(long seed, long nanos, List<Planned> faults) {
    /** A fault and when it begins, in nanoseconds of virtual time. */
    public record Planned(long at, Fault fault) {}

    public Plan {
        faults = List.copyOf(faults);
    }

    /** The same with other faults. */
    public Plan with(List<Planned> others) {
        return new Plan(seed, nanos, others);
    }

    /** Puts the faults on a simulation's agenda, which must be at its beginning. */
    public void layOn(Simulation<?> simulation) {
        faults.forEach(planned -> simulation.after(planned.at, () -> simulation.begin(planned.fault)));
    }
}
