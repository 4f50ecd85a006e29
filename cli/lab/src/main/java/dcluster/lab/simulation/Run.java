package dcluster.lab.simulation;

import dcluster.checker.history.Operation;
import dcluster.lab.simulation.Client.Habits;
import dcluster.simulation.Digest;
import dcluster.simulation.Draws;
import dcluster.simulation.Fault;
import dcluster.simulation.Plan;
import dcluster.simulation.Population;
import dcluster.simulation.Simulation;
import dcluster.simulation.Trace;
import dcluster.simulation.Violation;
import dcluster.spi.Invariant;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One life of a simulated cluster under a plan of faults, and what is demanded of it:
 *
 * <ol>
 *   <li>clients ask while faults come and go; after each turn the algorithm's invariants hold;
 *   <li>then all is mended, but for a minority that is gone if the algorithm outlives that: somebody's write is
 *       acknowledged within the patience;
 *   <li>then everything is mended: all replicas come to the same state within the patience, if the algorithm says so, and
 *       all that it says of a settled cluster comes to hold;
 *   <li>every node is asked for everything; all that the clients saw is as consistent as the algorithm claims, and nothing
 *       that they put into a cart is lost.
 * </ol>
 */
final class Run {
    private static final long SECOND = 1_000_000_000L;
    private static final long LOOK_EVERY = SECOND / 20;

    static final Fault.LostMinority AT_THE_END = new Fault.LostMinority(false, Long.MAX_VALUE / 4);

    private final Traits traits;
    private final Workload workload;
    private final long patience;
    private final Plan plan;
    private final long end;
    private final Simulation<?> simulation;
    private final Recorder recorder;
    private final Digest digest = new Digest();
    private final List<Client> clients;
    private final Operator operator;
    private long acknowledged;
    private boolean isDecided = true;

    Run(Population<?, ?, ?, ?> population, Terms terms, Plan plan, Trace trace) {
        this(population, new Schedule(terms, population.members().nodes().size(), false, plan), trace);
    }

    /** {@code population} is the one that lives the schedule. */
    Run(Population<?, ?, ?, ?> population, Schedule schedule, Trace trace) {
        var terms = schedule.terms();
        this.traits = population.traits();
        this.workload = terms.workload(traits);
        this.patience =
                terms.patience() > 0 ? terms.patience() : population.recovery().toNanos();
        this.plan = schedule.plan();
        this.end = schedule.end();
        this.simulation = new Simulation<>(population, plan, trace == Trace.NONE ? digest : digest.and(trace));
        this.recorder = new Recorder(simulation::isDisturbed);
        var draws = new Draws(plan.seed());
        long pauseNanos = SECOND * terms.clients() / terms.rate();
        this.clients = IntStream.range(0, terms.clients())
                .mapToObj(i -> new Habits(i, workload, pauseNanos, schedule.questions()))
                .map(habits -> new Client(simulation, recorder, draws, habits))
                .toList();
        this.operator = new Operator(simulation, draws);
    }

    /** Lives it. What it found is told by the others even if this throws. */
    void live() {
        plan.layOn(simulation);
        clients.forEach(Client::start);
        if (Operator.isNeeded(traits)) {
            operator.start();
        }
        pass(plan.nanos());
        operator.end();
        acknowledged = recorder.disturbedWrites();
        requireProgress();
        if (!isOver()) {
            simulation.mendAll();
            pass(SECOND);
        }
        clients.forEach(Client::end);
        if (traits.has(Property.CONVERGES)) {
            requireAgreement();
        }
        requireSettled();
        long settled = simulation.now();
        readEverything();
        Carts.require(traits, settled, recorder.operations());
        isDecided = Judgement.require(traits.consistency(), recorder.operations(), recorder.counted());
    }

    /** Time passes, but not beyond the end of the schedule. */
    private void pass(long nanos) {
        simulation.run(Math.min(end, simulation.now() + nanos));
    }

    /** Whether nothing more is to be demanded than what clients saw so far. */
    private boolean isOver() {
        return simulation.now() >= end;
    }

    private void requireProgress() {
        if (isOver()) {
            return;
        }
        simulation.mendAll();
        boolean losesAMinority = traits.has(Property.OUTLIVES_A_MINORITY);
        if (losesAMinority) {
            simulation.begin(AT_THE_END);
        }
        var writers = simulation.ids().stream()
                .map(id -> new Writer(simulation, recorder, id, workload))
                .toList();
        writers.forEach(Writer::start);
        long since = simulation.now();
        long before = recorder.acknowledgedSince(since);
        while (recorder.acknowledgedSince(since) == before && !isOver()) {
            if (simulation.now() - since > patience) {
                throw new Violation(
                        "Progress",
                        "no write was acknowledged within " + patience / 1_000_000
                                + " ms, although "
                                + (losesAMinority ? "a majority was up and connected" : "everything was mended"));
            }
            pass(LOOK_EVERY);
        }
        writers.forEach(Writer::end);
        if (losesAMinority) {
            simulation.tally().meet(Sometimes.WITHOUT_A_MINORITY);
        }
    }

    private void requireAgreement() {
        long since = simulation.now();
        while (!isOver() && !agree()) {
            if (simulation.now() - since > patience) {
                throw new Violation(
                        "Convergence",
                        "the replicas differ " + patience / 1_000_000 + " ms after everything was mended: " + states());
            }
            pass(LOOK_EVERY);
        }
    }

    /** All of it at one moment, for what holds by turns is not settled. */
    private void requireSettled() {
        var invariants = traits.settled().stream().map(Supplier::get).toList();
        long since = simulation.now();
        while (!isOver()) {
            var unsettled = unsettled(invariants);
            if (unsettled.isEmpty()) {
                return;
            }
            if (simulation.now() - since > patience) {
                throw unsettled.get();
            }
            pass(LOOK_EVERY);
        }
    }

    private Optional<Violation> unsettled(List<Invariant> invariants) {
        return invariants.stream()
                .flatMap(invariant -> simulation.violation(invariant).stream()
                        .map(how -> new Violation(
                                invariant.name(),
                                how + ", more than " + patience / 1_000_000
                                        + " ms after everything was mended and the last client had asked")))
                .findFirst();
    }

    private boolean agree() {
        return states().stream().distinct().count() == 1;
    }

    private List<String> states() {
        return simulation.ids().stream()
                .map(id -> simulation
                        .status(id)
                        .map(status -> "applied " + status.applied() + ", hash " + Long.toHexString(status.stateHash()))
                        .orElse("down"))
                .toList();
    }

    private void readEverything() {
        if (isOver()) {
            return;
        }
        var readers = new ArrayList<Reader>();
        for (var id : simulation.ids()) {
            var reader = new Reader(simulation, recorder, id, workload.everything());
            readers.add(reader);
            reader.start();
        }
        pass(patience);
        for (var reader : readers) {
            if (!reader.isDone() && !isOver()) {
                throw new Violation("Progress", "a read at " + reader.node() + " found no answer after all was mended");
            }
        }
    }

    /** All that clients asked, in the order of its moments. */
    List<Asked.Told> questions() {
        return clients.stream()
                .flatMap(client -> client.told().stream())
                .sorted(Comparator.comparingLong(Asked.Told::at).thenComparing(Asked.Told::asked))
                .toList();
    }

    /** What they saw, the readers at the end among them. */
    List<Operation> operations() {
        return recorder.operations();
    }

    /** What happened, as far as it came. */
    Findings findings() {
        return new Findings(
                plan.seed(),
                digest.value(),
                digest.events(),
                simulation.turns(),
                simulation.now(),
                recorder.operations().size(),
                acknowledged,
                simulation.ledger(),
                simulation.tally(),
                simulation.states(),
                isDecided);
    }
}
