package dcluster.lab.simulation;

import dcluster.simulation.Plan;
import dcluster.simulation.Trace;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * How much virtual time a second of one processor simulates, of three nodes without faults and of seeds as campaigns
 * live them: under faults, with journals, invariants and checker, a third of them with five nodes. Ten clients ask a
 * hundred questions a second. Counted is the time that the thread computes, so that a busy machine disturbs less; run by
 * hand.
 *
 * <p>Arguments: variant, seeds a round, rounds, as {@code raft 20 10}.
 */
final class SimulationBenchmark {
    private SimulationBenchmark() {}

    public static void main(String[] arguments) {
        var three = Subjects.of(arguments[0], 3);
        var campaign = Subjects.of(arguments[0], 3, 5);
        long seeds = Long.parseLong(arguments[1]);
        long rounds = Long.parseLong(arguments[2]);
        for (long round = 0; round < rounds; round++) {
            long first = 1 + round * seeds;
            measure("without faults", first, seeds, seed -> quiet(three, seed));
            measure(
                    "as a campaign",
                    first,
                    seeds,
                    seed -> new Life(campaign, Terms.DEFAULT, seed)
                            .live(Trace.NONE)
                            .findings());
        }
    }

    private static Findings quiet(Subject subject, long seed) {
        // Ten clients of ten questions a second each, whatever a campaign asks.
        var usual = Terms.DEFAULT;
        var terms = new Terms(usual.nanos(), 10, 100, usual.patience(), usual.keys());
        var run = new Run(subject.whole(seed), terms, new Plan(seed, terms.nanos(), List.of()), Trace.NONE);
        run.live();
        return run.findings();
    }

    private static void measure(String what, long first, long seeds, LongFunction<Findings> life) {
        var threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        long events = 0;
        long begin = threads.getCurrentThreadCpuTime();
        for (long seed = first; seed < first + seeds; seed++) {
            var findings = life.apply(seed);
            nanos += findings.nanos();
            events += findings.events();
        }
        double spent = threads.getCurrentThreadCpuTime() - begin;
        System.out.printf(
                Locale.ROOT,
                "%s: seeds %d..%d, %.0f cluster-seconds a second, %.1f ms a seed, %,.0f events a second%n",
                what,
                first,
                first + seeds - 1,
                nanos / spent,
                spent / seeds / 1e6,
                events / spent * 1e9);
    }
}
