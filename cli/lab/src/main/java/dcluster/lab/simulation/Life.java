package dcluster.lab.simulation;

import dcluster.simulation.Plan;
import dcluster.simulation.Swarm;
import dcluster.simulation.Trace;
import dcluster.simulation.Violation;
import java.util.Optional;

/** What a seed stands for: always the same cluster, the same faults, clients and chances, and so the same outcome. */
public record Life(Subject subject, Terms terms, long seed) {
    /** Lives it; the trace hears all that happens. */
    public Outcome live(Trace trace) {
        var run = new Run(subject.population(seed), terms, plan(), trace);
        try {
            run.live();
            return new Outcome(run.findings(), Optional.empty());
        } catch (Violation e) {
            trace.told(run.findings().nanos(), "violation", "of", e.property(), "by", e.what());
            return new Outcome(run.findings(), Optional.of(e));
        }
    }

    private Plan plan() {
        return Swarm.draw(seed, terms.nanos(), subject.size(seed) > 1);
    }
}
