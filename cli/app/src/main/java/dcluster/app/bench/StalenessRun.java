package dcluster.app.bench;

import dcluster.app.bench.Staleness.Part;
import dcluster.app.bench.StalenessPlan.Mechanism;
import dcluster.app.bench.StalenessPlan.Seen;
import dcluster.app.bench.StalenessPlan.Trouble;
import dcluster.app.start.Wanted;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.Overrides;
import dcluster.lab.simulation.Subject;
import dcluster.lab.staleness.Healing;
import dcluster.lab.staleness.Promise;
import dcluster.lab.staleness.Promise.Kept;
import dcluster.lab.staleness.Quorums;
import dcluster.lab.staleness.Visibility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Measures what is wanted, one variant after the other, in one thread. */
public final class StalenessRun {
    private static final int FIRST_PORT = 7001;
    private static final Duration APART = Duration.ofSeconds(2);
    private static final Duration READ_EVERY = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Staleness wanted;
    private final StalenessPlan plan;
    private final Algorithms algorithms;
    private final Progress progress;

    public StalenessRun(Staleness wanted, Algorithms algorithms, Progress progress) {
        this.wanted = wanted;
        this.plan = new StalenessPlan(wanted);
        this.algorithms = algorithms;
        this.progress = progress;
    }

    /** All of it. */
    public StalenessView run() {
        var clusters = plan.visibility().stream().map(this::fit).toList();
        var visibility = rows(Part.VISIBILITY, clusters, this::seen)
                .map(rows -> new VisibilityTable(wanted.after(), wanted.trials(), rows));
        var convergence = rows(Part.CONVERGENCE, plan.mechanisms(), this::healed)
                .map(rows -> new ConvergenceTable(StalenessPlan.FIGURES, APART, PATIENCE, rows));
        var consistency = rows(Part.CONSISTENCY, plan.troubles(), this::kept)
                .map(rows -> new ConsistencyTable(wanted.runs(), wanted.keys(), rows));
        progress.clear();
        return new StalenessView(wanted, visibility, convergence, consistency);
    }

    private <T, R> Optional<List<R>> rows(Part part, List<T> cases, Function<T, R> measure) {
        if (!wanted.parts().contains(part)) {
            return Optional.empty();
        }
        var rows = new ArrayList<R>();
        for (var each : cases) {
            progress.underWay(part + ": " + rows.size() + " of " + cases.size() + " variants are measured");
            rows.add(measure.apply(each));
        }
        return Optional.of(rows);
    }

    /** Nothing listens on the ports of simulated nodes: any will do. */
    private ClusterConfig load(String variant, int nodes) {
        var overrides = new Overrides(Optional.of(variant), OptionalInt.of(nodes), Optional.empty(), List.of());
        return new Wanted(Optional.empty(), overrides).load(algorithms, new AtomicInteger(FIRST_PORT)::getAndIncrement);
    }

    /** A variant, its quorums and the cluster that runs it. */
    private record Fit(Seen seen, Quorums quorums, ClusterConfig cluster) {}

    private Fit fit(Seen seen) {
        var cluster = load(seen.variant(), wanted.nodes());
        var quorums = quorums(seen, cluster);
        int replicas = quorums.replicas();
        if (replicas != wanted.nodes()) {
            throw new Failure(
                    Exit.USAGE,
                    "-a " + seen.variant() + ": each node is to hold each key, and there are " + replicas
                            + " replicas on " + wanted.nodes() + " nodes; say -n " + replicas);
        }
        return new Fit(seen, quorums, cluster);
    }

    private static Quorums quorums(Seen seen, ClusterConfig cluster) {
        try {
            return Quorums.of(cluster.algorithm());
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, "-a " + seen.variant() + ": " + e.getMessage(), e);
        }
    }

    private VisibilityTable.Row seen(Fit fit) {
        var terms = new Visibility.Terms(
                wanted.links(), wanted.after(), VisibilityTable.VERSIONS, wanted.trials(), wanted.seed());
        boolean readsFirst =
                "vector-clock".equals(fit.cluster.algorithm().plainOptions().get("versions"));
        return new VisibilityTable.Row(
                fit.seen,
                fit.quorums,
                Visibility.measure(Subject.population(fit.cluster), terms),
                fit.seen.isPredicted()
                        ? Optional.of(Visibility.predict(fit.quorums, readsFirst, terms))
                        : Optional.empty());
    }

    private ConvergenceTable.Row healed(Mechanism mechanism) {
        var population = Subject.population(load(mechanism.variant(), wanted.nodes()));
        return new ConvergenceTable.Row(
                mechanism,
                seeds().mapToObj(seed -> Healing.measure(population, terms(seed)))
                        .toList());
    }

    private Healing.Terms terms(long seed) {
        return new Healing.Terms(
                wanted.links(), wanted.keys(), APART, READ_EVERY, PATIENCE, StalenessPlan.FIGURES, seed);
    }

    private ConsistencyTable.Row kept(Trouble trouble) {
        var cluster = load(trouble.variant(), trouble.nodes());
        var population = Subject.population(cluster);
        var kept = seeds().mapToObj(seed -> Promise.judge(population, terms(trouble, seed)))
                .reduce(Kept::plus)
                .orElseThrow();
        return new ConsistencyTable.Row(trouble, cluster.algorithm().traits(), kept);
    }

    private Promise.Terms terms(Trouble trouble, long seed) {
        return new Promise.Terms(
                trouble.links(),
                trouble.faults(),
                trouble.faultsAfter(),
                wanted.keys(),
                trouble.pause(),
                trouble.deletes(),
                PATIENCE,
                seed);
    }

    private LongStream seeds() {
        return LongStream.range(wanted.seed(), wanted.seed() + wanted.runs());
    }
}
