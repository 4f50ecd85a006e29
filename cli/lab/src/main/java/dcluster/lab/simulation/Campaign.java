package dcluster.lab.simulation;

import dcluster.simulation.Trace;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Many seeds of one subject, on several threads. Seeds are given out from the lowest on, and no more once one of them
 * has broken something: as those below it were given out before and are lived to their ends, the lowest that breaks
 * anything is found, whatever the threads do.
 */
public final class Campaign {
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Subject subject;
    private final Scenario scenario;
    private final Seeds seeds;
    private final Totals totals;
    private final AtomicLong next;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean ended;

    /** With a mix of faults that each seed draws. */
    public Campaign(Subject subject, Terms terms, Seeds seeds) {
        this(subject, new Scenario(terms), seeds);
    }

    public Campaign(Subject subject, Scenario scenario, Seeds seeds) {
        this.subject = subject;
        this.scenario = scenario;
        this.seeds = seeds;
        this.totals = new Totals(subject, scenario);
        this.next = new AtomicLong(seeds.first());
    }

    /**
     * Lives all seeds, unless one breaks something.
     *
     * @param watcher is called by this thread from time to time
     * @throws IllegalStateException if a seed could not be simulated, which is no fault of the algorithm
     */
    public Report run(int threads, Runnable watcher) {
        var executor = Executors.newFixedThreadPool(threads, Campaign::daemon);
        for (int i = 0; i < threads; i++) {
            executor.execute(this::work);
        }
        executor.shutdown();
        try {
            do {
                watcher.run();
            } while (!executor.awaitTermination(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
        }
        var failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return report();
    }

    /** The process may end while it works. */
    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "campaign");
        thread.setDaemon(true);
        return thread;
    }

    private void work() {
        while (!ended) {
            // Once taken it is lived, although meanwhile a higher one may have broken something.
            long seed = next.getAndIncrement();
            if (seed > seeds.last()) {
                return;
            }
            live(seed);
        }
    }

    private void live(long seed) {
        try {
            var outcome = new Life(subject, scenario, seed).live(Trace.NONE);
            totals.add(outcome);
            if (outcome.violation().isPresent()) {
                end();
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, new IllegalStateException("seed " + seed + " could not be simulated: " + e, e));
            end();
        }
    }

    /** Gives out no more seeds. */
    public void end() {
        ended = true;
    }

    /** How many seeds have been lived. */
    public long done() {
        return totals.seeds();
    }

    /** What it has found up to now. */
    public Report report() {
        return totals.report();
    }
}
