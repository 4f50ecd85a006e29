package dcluster.lab.simulation;

import dcluster.lab.simulation.Report.Broken;
import dcluster.simulation.Trace;
import java.util.Optional;

/**
 * Looks for the first seed that breaks something under faults that its algorithm does not claim to survive. What sees
 * nothing there is blind.
 */
public final class BeyondHunt {
    private final Subject subject;
    private final Terms terms;
    private final Campaign campaign;

    /**
     * What became of it.
     *
     * @param report of all seeds that it took
     * @param otherwise what the seed that broke something breaks without those faults, which should be nothing
     */
    public record Found(Report report, Optional<Broken> otherwise) {
        /** Whether a violation was found, and those faults alone are to blame. */
        public boolean isOwedToThem() {
            return report.broken().isPresent() && otherwise.isEmpty();
        }
    }

    /** @throws IllegalArgumentException if the subject is to survive all that it is put under */
    public BeyondHunt(Subject subject, Terms terms, Seeds seeds) {
        if (subject.beyond().isEmpty()) {
            throw new IllegalArgumentException("nothing goes beyond what the algorithm claims to survive");
        }
        this.subject = subject;
        this.terms = terms;
        this.campaign = new Campaign(subject, terms, seeds);
    }

    /**
     * Gives it seed after seed until one breaks something.
     *
     * @param watcher is called by this thread from time to time
     */
    public Found run(int threads, Runnable watcher) {
        var report = campaign.run(threads, watcher);
        return new Found(report, report.broken().flatMap(broken -> otherwise(broken.seed())));
    }

    private Optional<Broken> otherwise(long seed) {
        var within = subject.withinItsModel();
        return Report.of(within, new Life(within, terms, seed).live(Trace.NONE)).broken();
    }

    /** How many seeds have been lived. */
    public long done() {
        return campaign.done();
    }

    /** What it has found up to now. */
    public Report report() {
        return campaign.report();
    }
}
