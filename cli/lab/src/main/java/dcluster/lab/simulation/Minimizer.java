package dcluster.lab.simulation;

import dcluster.checker.history.Operation;
import dcluster.simulation.Disturbance;
import dcluster.simulation.Disturbance.Kind;
import dcluster.simulation.Plan.Planned;
import dcluster.simulation.Population;
import dcluster.simulation.Selection;
import dcluster.simulation.Trace;
import dcluster.simulation.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a failing schedule as short as it can while it breaks the same property: ends it sooner, takes nodes away, leaves
 * out faults, clients, questions and what bad links do to single messages, and says less of each fault; again and again
 * until nothing of that helps. What is left out changes nothing of what is drawn for the rest, so most of it can be.
 *
 * <p>The same schedule is made as short each time, unless time runs out.
 */
public final class Minimizer {
    private static final long MILLISECOND = 1_000_000;

    /** What is long enough for a fault, the shortest first. */
    private static final List<Long> DURATIONS =
            List.of(MILLISECOND, 20 * MILLISECOND, 200 * MILLISECOND, 1000 * MILLISECOND);

    /** To what a fault's moment is rounded down, the roundest first. */
    private static final List<Long> ROUND = List.of(100 * MILLISECOND, 10 * MILLISECOND, MILLISECOND);

    private static final Set<String> TELLS_BY_WORDS = Set.of("No Crash", "Progress");

    /** How many runs may be tried, and how long it may take. */
    public record Bounds(int runs, Duration time) {
        /** Ten thousand runs, five minutes. */
        public static final Bounds DEFAULT = new Bounds(10_000, Duration.ofMinutes(5));
    }

    /**
     * Is told after each run that was tried how many there were, and how large the shortest failing one is, and says
     * whether to go on.
     */
    @FunctionalInterface
    public interface Progress {
        boolean goesOn(int runs, Size shortest);
    }

    private final Population<?, ?, ?, ?> whole;
    private final Bounds bounds;
    private final Progress progress;
    private final long since = System.nanoTime();
    private final Set<Schedule> harmless = new HashSet<>();
    private final Trial first;
    private final String failure;
    private Trial shortest;
    private int runs;
    private boolean isCutOff;

    private Minimizer(Population<?, ?, ?, ?> whole, Schedule failing, Bounds bounds, Progress progress) {
        this.whole = whole;
        this.bounds = bounds;
        this.progress = progress;
        first = Trial.of(whole, failing, Trace.NONE);
        failure = first.violation()
                .map(Minimizer::failure)
                .orElseThrow(() -> new IllegalArgumentException("this schedule breaks nothing"));
        shortest = first;
    }

    /**
     * The shortest schedule that breaks what this one breaks.
     *
     * @param whole not in miniature, and of at least as many nodes as the schedule wants
     * @throws IllegalArgumentException if the schedule breaks nothing
     */
    public static Minimal minimize(Population<?, ?, ?, ?> whole, Schedule failing, Bounds bounds, Progress progress) {
        return new Minimizer(whole, failing, bounds, progress).minimize();
    }

    /**
     * What broke. Under some names anything may break: there it is told by its words, but for who and how many, so that
     * a failure is not taken for another.
     */
    static String failure(Violation violation) {
        return TELLS_BY_WORDS.contains(violation.property())
                ? violation.property() + violation.what().replaceAll("\\S+=.*|[0-9]+", "")
                : violation.property();
    }

    private Minimal minimize() {
        Schedule before;
        do {
            before = shortest.schedule();
            endSooner();
            takeNodesAway();
            leaveOut(shortest.schedule().plan().faults(), this::withFaults);
            leaveOut(clients(), this::withClients);
            leaveOut(questions(), this::withQuestions);
            leaveOut(List.copyOf(shortest.disturbances()), this::withDisturbances);
            makePlainer();
        } while (!shortest.schedule().equals(before) && !isCutOff);
        return new Minimal(
                shortest.schedule(),
                shortest.violation().orElseThrow(),
                first.size(),
                shortest.size(),
                runs,
                !isCutOff,
                ScheduleWords.of(shortest));
    }

    // The end

    private void endSooner() {
        var schedule = shortest.schedule();
        attempt(schedule.until(shortest.findings().nanos()));
        earliest(moments(), shortest.schedule()::until);
        long phases = shortest.schedule().plan().nanos();
        if (shortest.schedule().end() > phases) {
            mendAllSooner(phases);
        }
        attempt(trimmed());
    }

    /** When clients learned something: the moments at which there is more to judge. */
    private List<Long> moments() {
        return shortest.operations().stream()
                .filter(Operation::isOk)
                .map(Operation::endTime)
                .sorted()
                .distinct()
                .toList();
    }

    /** The first of these moments that will do. What is wrong at one moment is as wrong at each later one. */
    private void earliest(List<Long> moments, Function<Long, Schedule> until) {
        int least = 0;
        int most = moments.size();
        while (least < most) {
            int middle = (least + most) / 2;
            if (attempt(until.apply(moments.get(middle)))) {
                most = middle;
            } else {
                least = middle + 1;
            }
        }
    }

    private void mendAllSooner(long until) {
        for (long nanos = MILLISECOND; nanos < until; nanos *= 2) {
            var plan = shortest.schedule().plan();
            long others = nanos;
            var begun =
                    plan.faults().stream().filter(each -> each.at() < others).toList();
            if (attempt(shortest.schedule()
                    .until(Schedule.NEVER)
                    .under(plan.lasting(nanos).with(begun)))) {
                return;
            }
        }
    }

    /** Names what happened instead of allowing all that is drawn, and drops what would have come after the end. */
    private Schedule trimmed() {
        var plan = shortest.schedule().plan();
        var begun = plan.faults().stream()
                .filter(each -> each.at() <= shortest.findings().nanos())
                .toList();
        var shorter = plan.with(begun).with(Selection.of(shortest.disturbances()));
        return shortest.schedule().under(shorter).asking(Selection.of(questions()));
    }

    // The rest

    private void takeNodesAway() {
        for (int count = 1; count < shortest.schedule().nodes(); count++) {
            attempt(shortest.schedule().ofNodes(count));
        }
    }

    private <T> void leaveOut(List<T> parts, Function<List<T>, Schedule> with) {
        DeltaDebugging.least(parts, some -> attempt(with.apply(some)));
    }

    private Schedule withFaults(List<Planned> faults) {
        return shortest.schedule().under(shortest.schedule().plan().with(faults));
    }

    private List<Asked> questions() {
        return shortest.questions().stream().map(Asked.Told::asked).toList();
    }

    private List<Integer> clients() {
        return questions().stream().map(Asked::client).distinct().sorted().toList();
    }

    private Schedule withClients(List<Integer> clients) {
        return withQuestions(questions().stream()
                .filter(asked -> clients.contains(asked.client()))
                .toList());
    }

    private Schedule withQuestions(List<Asked> questions) {
        return shortest.schedule().asking(Selection.of(questions));
    }

    private Schedule withDisturbances(List<Disturbance> disturbances) {
        return shortest.schedule().under(shortest.schedule().plan().with(Selection.of(disturbances)));
    }

    /** Says less of each fault that is left. */
    private void makePlainer() {
        for (int number = 0; number < shortest.schedule().plan().faults().size(); number++) {
            replace(number, Minimizer::shorter);
            replace(
                    number,
                    planned ->
                            Plainer.than(planned.fault(), disturbing()).map(plain -> new Planned(planned.at(), plain)));
            // The last, for it may change their order.
            replace(number, Minimizer::rounder);
        }
    }

    private static Stream<Planned> shorter(Planned planned) {
        return DURATIONS.stream()
                .filter(nanos -> nanos < planned.fault().nanos())
                .map(nanos -> new Planned(planned.at(), planned.fault().lasting(nanos)));
    }

    private static Stream<Planned> rounder(Planned planned) {
        return ROUND.stream()
                .map(unit -> planned.at() / unit * unit)
                .takeWhile(at -> at != planned.at())
                .map(at -> new Planned(at, planned.fault()));
    }

    private Set<Kind> disturbing() {
        return shortest.disturbances().stream().map(Disturbance::kind).collect(Collectors.toSet());
    }

    /** Takes the first of the others that will do. */
    private void replace(int number, Function<Planned, Stream<Planned>> others) {
        var planned = shortest.schedule().plan().faults().get(number);
        for (var other : others.apply(planned).toList()) {
            if (attempt(replacing(number, other))) {
                return;
            }
        }
    }

    private Schedule replacing(int number, Planned other) {
        var faults = new ArrayList<>(shortest.schedule().plan().faults());
        faults.set(number, other);
        faults.sort(Comparator.comparingLong(Planned::at));
        return withFaults(faults);
    }

    /** Whether a schedule breaks the same; then it is the shortest so far. */
    private boolean attempt(Schedule candidate) {
        if (candidate.equals(shortest.schedule())) {
            return true;
        }
        if (isOver()) {
            return false;
        }
        if (harmless.contains(candidate)) {
            return false;
        }
        boolean breaks = breaksTheSame(candidate);
        if (!breaks) {
            harmless.add(candidate);
        }
        return breaks;
    }

    private boolean isOver() {
        isCutOff |= runs >= bounds.runs || System.nanoTime() - since > bounds.time.toNanos();
        return isCutOff;
    }

    private boolean breaksTheSame(Schedule candidate) {
        Optional<Trial> trial = trial(candidate);
        boolean breaks = trial.flatMap(Trial::violation)
                .filter(violation -> failure(violation).equals(failure))
                .isPresent();
        if (breaks) {
            shortest = trial.orElseThrow();
        }
        isCutOff |= !progress.goesOn(runs, shortest.size());
        return breaks;
    }

    /** Empty if the algorithm does not run on so few nodes. */
    private Optional<Trial> trial(Schedule candidate) {
        try {
            candidate.of(whole);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        runs++;
        return Optional.of(Trial.of(whole, candidate, Trace.NONE));
    }
}
