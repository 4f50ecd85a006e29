package dcluster.lab.crashes;

import dcluster.host.Point;
import dcluster.lab.crashes.Crashed.Ended;
import dcluster.lab.crashes.Crashed.Told;
import dcluster.simulation.Answer;
import dcluster.simulation.Fault.CrashAt;
import dcluster.simulation.Ledger;
import dcluster.simulation.Population;
import dcluster.simulation.Simulation;
import dcluster.simulation.Violation;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One transaction that writes a key of each of two participants, asked of a third node, during which a member comes to a
 * point of its life and ends there. It comes back after a while, and then all is looked at.
 */
public final class Trial {
    private static final int KEYS = 40;
    private static final int NODES = 3;

    /** How often keys are read while a member is down. */
    private static final long PROBES = 1000;

    /** A transaction that no crash disturbs is over by then, whatever it waits for. */
    private static final long WAIT_NANOS = 6 * Stage.SECOND;

    private static final long SETTLE_NANOS = 5 * Stage.SECOND;
    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    /**
     * How members end.
     *
     * @param victim whose point it is
     * @param isAll whether all members end with it
     * @param losesPower whether what was not synced may be gone
     * @param down for how long
     * @param seed of all that is drawn
     */
    public record Terms(Victim victim, Point point, boolean isAll, boolean losesPower, Duration down, long seed) {}

    private final Terms terms;
    private final Stage stage;
    private final Simulation<?> simulation;
    private final NodeId first;
    private final NodeId second;
    private final NodeId asked;
    private final List<String> keys;
    private final List<String> held = new ArrayList<>();
    private Optional<Told> told = Optional.empty();

    private Trial(Population<?, ?, ?, ?> population, Terms terms) {
        this.terms = terms;
        this.stage = new Stage(population, KEYS, terms.seed);
        this.simulation = stage.simulation();
        var nodes = stage.nodes();
        if (nodes.size() != NODES) {
            throw new IllegalArgumentException("a trial has two participants and a node that is asked: " + nodes);
        }
        this.first = nodes.get(0);
        this.second = nodes.get(1);
        this.asked = nodes.get(2);
        this.keys = List.of(stage.keyOf(first), stage.keyOf(second));
    }

    /** Carries it out in a simulated cluster of three nodes and a coordinator. */
    public static Crashed run(Population<?, ?, ?, ?> population, Terms terms) {
        return new Trial(population, terms).run(true);
    }

    /** The same without measuring for how long keys are not served, which takes most of the time. */
    static Crashed runQuickly(Population<?, ?, ?, ?> population, Terms terms) {
        return new Trial(population, terms).run(false);
    }

    private Crashed run(boolean isMeasured) {
        var probes = new Probes(simulation, asked, keys, terms.down.toNanos() / PROBES);
        try {
            keys.forEach(key -> simulation.submit(asked, put(key, BEFORE), answer -> {}));
            simulation.run(simulation.now() + Stage.SECOND);
            simulation.begin(fault());
            simulation.submit(asked, transaction(), answer -> told = Optional.of(told(answer)));
            if (awaitCrash()) {
                live(isMeasured ? Optional.of(probes) : Optional.empty());
            }
            simulation.mendAll();
            var end = ended();
            return crashed(probes, end, "");
        } catch (Violation e) {
            return crashed(probes, Ended.UNREADABLE, e.property() + ": " + e.what());
        }
    }

    private CrashAt fault() {
        var victim = switch (terms.victim) {
            case COORDINATOR -> stage.coordinator();
            case FIRST -> first;
            case SECOND -> second;
            case ASKED -> asked;
        };
        var fault = CrashAt.of(victim, terms.point, terms.down.toNanos(), Long.MAX_VALUE / 4);
        var inAll = terms.isAll ? fault.ofAll() : fault;
        return terms.losesPower ? inAll.losingPower() : inAll;
    }

    private static Command put(String key, String value) {
        return new Command.Put(Bytes.utf8(key), Bytes.utf8(value));
    }

    private Command transaction() {
        return new Command.Transaction(keys.stream().map(key -> put(key, AFTER)).toList(), List.of());
    }

    /** Certainly done, certainly not, or neither. */
    private static Told told(Answer answer) {
        if (answer instanceof Answer.Refused) {
            return Told.ABORTED;
        }
        if (answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok) {
            return Told.COMMITTED;
        }
        return answer instanceof Answer.Responded responded && responded.response() instanceof Response.Failed
                ? Told.ABORTED
                : Told.UNKNOWN;
    }

    private boolean isMet() {
        return simulation.ledger().entries().stream().anyMatch(Ledger.Entry::isConfirmed);
    }

    private boolean awaitCrash() {
        long until = simulation.now() + WAIT_NANOS;
        while (!isMet() && simulation.now() < until) {
            simulation.run(simulation.now() + Stage.MILLISECOND);
        }
        return isMet();
    }

    private void live(Optional<Probes> probes) {
        probes.ifPresent(Probes::begin);
        simulation.run(simulation.now() + Stage.SECOND);
        held.addAll(heldNow());
        simulation.run(simulation.now() + terms.down.toNanos() + SETTLE_NANOS);
        probes.ifPresent(Probes::end);
        simulation.run(simulation.now() + Stage.SECOND);
    }

    private List<String> heldNow() {
        var now = new ArrayList<String>();
        if (stage.lockedAt(first) > 0) {
            now.add(keys.get(0) + " at " + first);
        }
        if (stage.lockedAt(second) > 0) {
            now.add(keys.get(1) + " at " + second);
        }
        return now;
    }

    private Ended ended() {
        var values = keys.stream().map(key -> stage.read(key, asked)).toList();
        if (values.stream().anyMatch(Optional::isEmpty)) {
            return Ended.UNREADABLE;
        }
        long done = values.stream().filter(value -> value.get().equals(AFTER)).count();
        if (done == values.size()) {
            return Ended.COMMITTED;
        }
        return done == 0 ? Ended.NOWHERE : Ended.HALF;
    }

    private Crashed crashed(Probes probes, Ended end, String broken) {
        return new Crashed(
                isMet(),
                told.orElse(Told.UNKNOWN),
                end,
                Duration.ofNanos(probes.mostNanos()),
                held,
                broken.isEmpty() ? stage.open() : 0,
                broken);
    }
}
