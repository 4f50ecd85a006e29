package dcluster.lab.crashes;

import dcluster.host.Point;
import dcluster.simulation.Fault.CrashAt;
import dcluster.simulation.Ledger;
import dcluster.simulation.Population;
import dcluster.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster under load whose coordinator ends at a point and comes back after a while. Each key is read all the time, to
 * see whether it is served.
 */
public final class Blocking {
    private static final long PROBE_NANOS = 200 * Stage.MILLISECOND;

    /** Votes that were under way have come by then, and nobody has asked anybody yet. */
    private static final long DOUBT_NANOS = 100 * Stage.MILLISECOND;

    private static final long WARM_NANOS = 300 * Stage.MILLISECOND;
    private static final long SETTLE_NANOS = Stage.SECOND;
    private static final long PATIENCE_NANOS = 5 * Stage.SECOND;

    /**
     * What is asked for.
     *
     * @param point at which the coordinator ends
     * @param down for how long
     * @param keys how many, over all participants
     * @param clients how many ask, each one command or transaction after the other
     * @param seed of all that is drawn
     */
    public record Terms(Point point, Duration down, int keys, int clients, long seed) {}

    /**
     * What was measured.
     *
     * @param inDoubt transactions that some participant had voted on and did not know the decision of
     * @param endedByAsking those of which all knew it before the coordinator came back
     * @param unservedShare the greatest share of keys that was not served at the same time
     * @param longest for how long the key was not served that was not for longest
     * @param keySeconds for how long all keys together were not
     * @param open what was locked or not known in the end
     */
    public record Blocked(
            int inDoubt, int endedByAsking, double unservedShare, Duration longest, double keySeconds, long open) {}

    private final Terms terms;
    private final Stage stage;
    private final Simulation<?> simulation;
    private final Load load;
    private final Probes probes;

    private Blocking(Population<?, ?, ?, ?> population, Terms terms) {
        this.terms = terms;
        this.stage = new Stage(population, terms.keys, terms.seed);
        this.simulation = stage.simulation();
        this.load = new Load(stage, terms.seed);
        this.probes =
                new Probes(simulation, stage.nodes().get(0), stage.owners().keySet(), PROBE_NANOS);
    }

    /** Measures it in a simulated cluster; empty if the coordinator did not come to the point. */
    public static Optional<Blocked> measure(Population<?, ?, ?, ?> population, Terms terms) {
        return new Blocking(population, terms).run();
    }

    private Optional<Blocked> run() {
        load.begin(terms.clients);
        simulation.run(simulation.now() + WARM_NANOS);
        simulation.begin(CrashAt.of(stage.coordinator(), terms.point, terms.down.toNanos(), Long.MAX_VALUE / 4));
        if (!awaitCrash()) {
            return Optional.empty();
        }
        long back = simulation.now() + terms.down.toNanos();
        probes.begin();
        simulation.run(simulation.now() + DOUBT_NANOS);
        var before = doubts();
        simulation.run(back - 2 * DOUBT_NANOS);
        var after = doubts();
        simulation.run(back + SETTLE_NANOS);
        load.end();
        probes.end();
        simulation.run(simulation.now() + PATIENCE_NANOS);
        return Optional.of(blocked(before, after));
    }

    private boolean awaitCrash() {
        long until = simulation.now() + PATIENCE_NANOS;
        while (!isMet() && simulation.now() < until) {
            simulation.run(simulation.now() + Stage.MILLISECOND);
        }
        return isMet();
    }

    private boolean isMet() {
        return simulation.ledger().entries().stream().anyMatch(Ledger.Entry::isConfirmed);
    }

    /** What participants have in doubt, as they answer; time passes until then. */
    private Set<String> doubts() {
        var told = new ArrayList<String>();
        stage.nodes().forEach(node -> stage.tellDoubts(node, told));
        simulation.run(simulation.now() + DOUBT_NANOS);
        return new HashSet<>(told);
    }

    private Blocked blocked(Set<String> before, Set<String> after) {
        var ended = new HashSet<>(before);
        ended.removeAll(after);
        return new Blocked(
                before.size(),
                ended.size(),
                (double) probes.mostAtOnce() / terms.keys,
                Duration.ofNanos(probes.longestNanos()),
                (double) probes.sumNanos() / Stage.SECOND,
                stage.open());
    }
}
