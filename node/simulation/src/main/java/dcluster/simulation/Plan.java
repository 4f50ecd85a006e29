package dcluster.simulation;

import java.util.List;

/**
 * What is done to a cluster in one run.
 *
 * @param seed of everything that is drawn while it runs
 * @param nanos how long faults may begin; afterwards everything is mended
 * @param faults in the order of their beginnings
 * @param disturbances which of those that links draw do happen
 */
public record Plan(long seed, long nanos, List<Planned> faults, Selection<Disturbance> disturbances) {
    /** A fault and when it begins, in nanoseconds of virtual time. */
    public record Planned(long at, Fault fault) {
        /** The same, but mended at that moment if it would last longer. */
        Planned endingBy(long moment) {
            return at + fault.nanos() <= moment ? this : new Planned(at, fault.lasting(moment - at));
        }
    }

    public Plan {
        faults = List.copyOf(faults);
    }

    /** Of a run in which links disturb what they draw. */
    public Plan(long seed, long nanos, List<Planned> faults) {
        this(seed, nanos, faults, Selection.all());
    }

    /** The same with other faults. */
    public Plan with(List<Planned> others) {
        return new Plan(seed, nanos, others, disturbances);
    }

    /** The same with other disturbances. */
    public Plan with(Selection<Disturbance> others) {
        return new Plan(seed, nanos, faults, others);
    }

    /** The same, but everything is mended at another time. */
    public Plan lasting(long otherNanos) {
        return new Plan(seed, otherNanos, faults, disturbances);
    }

    /** Puts the faults on a simulation's agenda, which must be at its beginning. */
    public void layOn(Simulation<?> simulation) {
        faults.forEach(planned -> simulation.after(planned.at, () -> simulation.begin(planned.fault)));
    }
}
