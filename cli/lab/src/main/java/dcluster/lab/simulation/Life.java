package dcluster.lab.simulation;

import dcluster.simulation.Trace;
import dcluster.simulation.Violation;
import java.util.Optional;

/** What a seed stands for: always the same cluster, the same faults, clients and chances, and so the same outcome. */
public record Life(Subject subject, Scenario scenario, long seed) {
    /** With a mix of faults that the seed draws. */
    public Life(Subject subject, Terms terms, long seed) {
        this(subject, new Scenario(terms), seed);
    }

    /** Lives it; the trace hears all that happens. */
    public Outcome live(Trace trace) {
        var schedule = schedule();
        var run = new Run(schedule.of(subject.whole(schedule)), schedule, trace);
        try {
            run.live();
            return new Outcome(run.findings(), Optional.empty());
        } catch (Violation e) {
            trace.told(run.findings().nanos(), "violation", "of", e.property(), "by", e.what());
            return new Outcome(run.findings(), Optional.of(e));
        }
    }

    /** All that it is made of. */
    public Schedule schedule() {
        return scenario.schedule(subject, seed);
    }

    /**
     * The shortest schedule that breaks what it breaks.
     *
     * @throws IllegalArgumentException if it breaks nothing
     */
    public Minimal shortest(Minimizer.Bounds bounds, Minimizer.Progress progress) {
        var schedule = schedule();
        return Minimizer.minimize(subject.whole(schedule), schedule, bounds, progress);
    }
}
