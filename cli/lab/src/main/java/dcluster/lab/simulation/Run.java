package dcluster.lab.simulation;

import dcluster.simulation.Digest;
import dcluster.simulation.Fault;
import dcluster.simulation.Plan;
import dcluster.simulation.Population;
import dcluster.simulation.Simulation;
import dcluster.simulation.Trace;
import dcluster.simulation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One life of a simulated cluster under a plan of faults, and what is demanded of it:
 *
 * <ol>
 *   <li>clients ask while faults come and go; after each turn the algorithm's invariants hold;
 *   <li>then all is mended but a minority, which is gone: somebody's write is acknowledged within the patience;
 *   <li>then everything is mended: all replicas come to the same state within the patience;
 *   <li>every node is asked for everything; all that the clients saw is linearizable.
 * </ol>
 */
final class Run {
    private static final long SECOND = 1_000_000_000L;
    private static final long LOOK_EVERY = SECOND / 20;

    private final Terms terms;
    private final Plan plan;
    private final Simulation<?> simulation;
    private final Recorder recorder = new Recorder();
    private final Digest digest = new Digest();
    private final List<Client> clients;
    private boolean isDecided = true;

    Run(Population<?, ?, ?, ?> population, Terms terms, Plan plan, Trace trace) {
        this.terms = terms;
        this.plan = plan;
        this.simulation = new Simulation<>(population, plan.seed(), trace == Trace.NONE ? digest : digest.and(trace));
        this.clients = IntStream.range(0, terms.clients())
                .mapToObj(i -> new Client(
                        simulation,
                        recorder,
                        terms.workload(),
                        plan.seed() * 31 + i,
                        SECOND * terms.clients() / terms.rate()))
                .toList();
    }

    /** Lives it. What it found is told by the others even if this throws. */
    void live() {
        plan.layOn(simulation);
        clients.forEach(Client::start);
        simulation.run(plan.nanos());
        requireProgressWithoutAMinority();
        simulation.mendAll();
        simulation.run(simulation.now() + SECOND);
        clients.forEach(Client::end);
        requireAgreement();
        readEverything();
        isDecided = Judgement.requireLinearizable(recorder.operations());
    }

    private void requireProgressWithoutAMinority() {
        simulation.mendAll();
        simulation.begin(new Fault.LostMinority(false, Long.MAX_VALUE / 4));
        long since = simulation.now();
        long before = recorder.acknowledgedSince(since);
        while (recorder.acknowledgedSince(since) == before) {
            if (simulation.now() - since > terms.patience()) {
                throw new Violation(
                        "Progress",
                        "no write was acknowledged within " + terms.patience() / 1_000_000
                                + " ms, although a majority was up and connected");
            }
            simulation.run(simulation.now() + LOOK_EVERY);
        }
        simulation.tally().meet("progress without a minority");
    }

    private void requireAgreement() {
        long since = simulation.now();
        while (!agree()) {
            if (simulation.now() - since > terms.patience()) {
                throw new Violation(
                        "Convergence",
                        "the replicas differ " + terms.patience() / 1_000_000 + " ms after everything was mended: "
                                + states());
            }
            simulation.run(simulation.now() + LOOK_EVERY);
        }
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
        var readers = new ArrayList<Reader>();
        for (var id : simulation.ids()) {
            var reader = new Reader(simulation, recorder, id, terms.workload().everything());
            readers.add(reader);
            reader.start();
        }
        simulation.run(simulation.now() + terms.patience());
        for (var reader : readers) {
            if (!reader.isDone()) {
                throw new Violation("Progress", "a read at " + reader.node() + " found no answer after all was mended");
            }
        }
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
                simulation.ledger(),
                simulation.tally(),
                simulation.states(),
                isDecided);
    }
}
