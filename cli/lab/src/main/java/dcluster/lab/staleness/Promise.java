package dcluster.lab.staleness;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Siblings;
import dcluster.checker.regular.RegularRegisters;
import dcluster.checker.regular.StaleRead;
import dcluster.lab.simulation.Recorder;
import dcluster.simulation.Fault;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Population;
import dcluster.simulation.Simulation;
import dcluster.simulation.Trace;
import dcluster.spi.Invariant;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What clients see of a store while something is wrong, judged by the checker of regular registers. Each key has a
 * {@link Story} of its own; when all of them are over, everything is mended, the cluster settles, and each key is read at
 * each node. What those reads lack, and no later write has replaced, is lost.
 */
public final class Promise {
    private static final long MILLISECOND = 1_000_000;
    private static final long FOR_EVER = Long.MAX_VALUE / 4;
    private static final long LOOK_EVERY_NANOS = 50 * MILLISECOND;
    private static final long STAGGER_NANOS = 3 * MILLISECOND;

    private final Terms terms;
    private final Simulation<?> simulation;
    private final List<Invariant> settled;
    private final Recorder recorder = new Recorder(() -> false);
    private final Asking asking;

    /**
     * What goes wrong, and what clients do meanwhile.
     *
     * @param links how all links are
     * @param faults what is wrong until clients have ended, each of them lasting as long as that
     * @param faultsAfter when that begins
     * @param keys how many keys there are
     * @param pause how long after two writes of a key the next one begins
     * @param deletes whether that is a deletion
     * @param patience how long the cluster has to settle when all is mended
     * @param seed of all that is drawn
     */
    public record Terms(
            Quality links,
            List<Fault> faults,
            Duration faultsAfter,
            int keys,
            Duration pause,
            boolean deletes,
            Duration patience,
            long seed) {
        public Terms {
            faults = List.copyOf(faults);
        }
    }

    /**
     * What the checker found.
     *
     * @param acknowledged how many writes were
     * @param reads how many reads were answered
     * @param siblings how many of them saw several values
     * @param stale how many no regular register answers so
     * @param lost how many acknowledged writes no read found in the end, though none replaced them
     * @param example the first read that was stale
     * @param isConfirmed whether each fault was felt; otherwise nothing is shown
     */
    public record Kept(
            long acknowledged,
            long reads,
            long siblings,
            long stale,
            long lost,
            Optional<String> example,
            boolean isConfirmed) {
        /** What was found here and there. */
        public Kept plus(Kept other) {
            return new Kept(
                    acknowledged + other.acknowledged,
                    reads + other.reads,
                    siblings + other.siblings,
                    stale + other.stale,
                    lost + other.lost,
                    example.or(other::example),
                    isConfirmed && other.isConfirmed);
        }
    }

    private Promise(Population<?, ?, ?, ?> population, Terms terms) {
        this.terms = terms;
        this.simulation = new Simulation<>(population, terms.seed, Trace.NONE);
        this.settled = population.traits().settled().stream().map(Supplier::get).toList();
        this.asking = new Asking(simulation, recorder);
        simulation.begin(new Fault.Weather(terms.links, FOR_EVER));
    }

    /** Has clients live that in a simulated cluster. */
    public static Kept judge(Population<?, ?, ?, ?> population, Terms terms) {
        return new Promise(population, terms).run();
    }

    private Kept run() {
        simulation.after(
                terms.faultsAfter.toNanos(),
                () -> terms.faults.forEach(fault -> simulation.begin(fault.lasting(FOR_EVER))));
        var stories = IntStream.range(0, terms.keys)
                .mapToObj(key -> new Story(asking, simulation, terms, key))
                .toList();
        stories.forEach(story -> simulation.after(STAGGER_NANOS * story.key(), story::begin));
        passUntil(() -> stories.stream().allMatch(Story::isOver), FOR_EVER);
        simulation.mendAll();
        passUntil(this::isSettled, terms.patience.toNanos());
        long ended = simulation.now();
        readEverything();
        return judge(ended);
    }

    private void passUntil(Supplier<Boolean> condition, long mostNanos) {
        long since = simulation.now();
        while (!condition.get() && simulation.now() - since < mostNanos) {
            simulation.run(simulation.now() + LOOK_EVERY_NANOS);
        }
    }

    private boolean isSettled() {
        return settled.stream()
                .allMatch(invariant -> simulation.violation(invariant).isEmpty());
    }

    private void readEverything() {
        for (int key = 0; key < terms.keys; key++) {
            for (var node : simulation.ids()) {
                asking.read(node, Story.name(key), () -> {});
            }
        }
        passUntil(() -> asking.underWay() == 0, FOR_EVER);
    }

    private Kept judge(long ended) {
        var operations = recorder.operations();
        var stale = RegularRegisters.check(new History(operations, List.of(), false));
        return new Kept(
                count(operations, each -> !each.function().observes() && each.isOk()),
                count(operations, each -> each.function().observes() && each.isOk()),
                count(operations, each -> each.output() instanceof Siblings),
                stale.size(),
                stale.stream()
                        .filter(each -> each.read().invokeTime() >= ended && isMissing(each))
                        .map(StaleRead::overwritten)
                        .distinct()
                        .count(),
                stale.stream().findFirst().map(StaleRead::toString),
                isConfirmed());
    }

    /** Links are no fault here, however slow they are. */
    private boolean isConfirmed() {
        long felt = simulation.ledger().entries().stream()
                .filter(entry -> !(entry.fault() instanceof Fault.Weather) && entry.isConfirmed())
                .count();
        return felt == terms.faults.size();
    }

    private static long count(List<Operation> operations, Function<Operation, Boolean> which) {
        return operations.stream().filter(which::apply).count();
    }

    /** Whether the write that should have been seen is not even among what was. */
    private static boolean isMissing(StaleRead stale) {
        var expected = stale.overwritten();
        if (expected == null) {
            return false;
        }
        return stale.read().output() instanceof Siblings siblings
                ? !siblings.values().contains(expected.input())
                : !Objects.equals(stale.read().output(), expected.input());
    }
}
