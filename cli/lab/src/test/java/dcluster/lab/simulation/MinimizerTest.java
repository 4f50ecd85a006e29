package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.config.ClusterText;
import dcluster.lab.simulation.Broken.Flaw;
import dcluster.lab.simulation.Minimizer.Bounds;
import dcluster.simulation.Disturbance.Kind;
import dcluster.simulation.Fault;
import dcluster.simulation.Links;
import dcluster.simulation.Plan;
import dcluster.simulation.Plan.Planned;
import dcluster.simulation.Selection;
import dcluster.simulation.Swarm;
import dcluster.simulation.Target;
import dcluster.simulation.Trace;
import dcluster.simulation.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MinimizerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Terms SHORT = new Terms(4 * SECOND, 4, 40, 2 * SECOND, 2);
    private static final Set<String> ENDING = Set.of("crash", "torn-sync", "short-reigns", "blackout", "failed-sync");
    private static final Bounds BOUNDS = new Bounds(600, Duration.ofMinutes(5));

    /** The first seed that breaks a property. */
    private static Schedule breaking(Flaw flaw, String property) {
        return allBreaking(flaw, property).findFirst().orElseThrow();
    }

    private static Stream<Schedule> allBreaking(Flaw flaw, String property) {
        return LongStream.range(1, 60)
                .mapToObj(seed -> new Schedule(SHORT, 5, false, plan(seed)))
                .filter(schedule -> property.equals(broken(flaw, schedule)));
    }

    /** What is drawn and ends no process, and a node that leads with a slow disk and without power. */
    private static Plan plan(long seed) {
        var drawn = Swarm.draw(seed, SHORT.nanos());
        var faults = new ArrayList<>(drawn.faults());
        faults.removeIf(planned -> ENDING.contains(planned.fault().kind()));
        faults.add(new Planned(SECOND / 2, new Fault.SlowDisk(Target.LEADER, SECOND / 3, 3 * SECOND)));
        faults.add(new Planned(2 * SECOND, new Fault.Crash(Target.LEADER, true, SECOND / 10)));
        faults.sort(Comparator.comparingLong(Planned::at));
        return drawn.with(faults);
    }

    private static String broken(Flaw flaw, Schedule schedule) {
        return Trial.of(Broken.of(flaw, 5), schedule, Trace.NONE)
                .violation()
                .map(Violation::property)
                .orElse("nothing");
    }

    private static Minimal minimal(Flaw flaw, Schedule failing) {
        return Minimizer.minimize(Broken.of(flaw, 5), failing, BOUNDS, (runs, size) -> true);
    }

    @Test
    void aWriteThatIsLostWithThePowerNeedsThatFaultAndSomebodyWhoLooks() {
        var failing = breaking(Flaw.ACKNOWLEDGES_EARLY, "Linearizability");
        var found = minimal(Flaw.ACKNOWLEDGES_EARLY, failing);
        assertThat(found.isComplete()).isTrue();
        assertThat(found.violation().property()).isEqualTo("Linearizability");
        assertThat(found.after().faults()).isBetween(1, 3);
        assertThat(found.after().questions())
                .as("a write, and the reads at the end")
                .isBetween(1, 4);
        assertThat(found.after().nodes()).isEqualTo(2);
        assertThat(found.before().questions()).isGreaterThan(50);
        assertThat(FailureText.of(found, "dcluster simulate -a broken --scenario s.yaml"))
                .startsWith("seed " + failing.plan().seed() + " breaks Linearizability: key ")
                .containsPattern("  questions +" + found.before().questions() + " +"
                        + found.after().questions() + "\n")
                .containsPattern("\n +[0-9.]+ s  crash of leader for .*, power lost \\(n1\\)\n")
                .containsPattern("\n +[0-9.]+ s  client [0-9] asks n[0-9]: ")
                .endsWith("\nreplay: dcluster simulate -a broken --scenario s.yaml\n");
        assertThat(found.after().events()).isLessThan(found.before().events() / 5);
    }

    @Test
    void aStaleReadNeedsAWriteAndAReadElsewhere() {
        var found = minimal(Flaw.READS_LOCALLY, breaking(Flaw.READS_LOCALLY, "Linearizability"));
        assertThat(found.after().faults()).isLessThanOrEqualTo(3);
        assertThat(found.after().questions()).isBetween(2, 6);
        assertThat(found.after().disturbances()).isLessThanOrEqualTo(3);
    }

    @Test
    void fewMessagesAreDisturbedIfThatIsEnough() {
        // In some seeds a slow link is enough, over which is fetched again what is still on its way.
        var found = allBreaking(Flaw.BREAKS_ON_REPETITION, "No Crash")
                .map(failing -> minimal(Flaw.BREAKS_ON_REPETITION, failing))
                .filter(minimal -> minimal.after().disturbances() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(found.violation()).hasMessageContaining("that was fetched before");
        assertThat(found.after().questions()).isBetween(1, 6);
        assertThat(found.after().disturbances()).isBetween(1, 4);
        assertThat(found.after().faults()).isLessThanOrEqualTo(4);
        assertThat(found.before().disturbances()).isGreaterThan(10);
        assertThat(found.told())
                .containsPattern("disturbed messages\\n +[0-9.]+ s  what is sent from n[0-9] to n[0-9] is ");
    }

    @Test
    void aShortestScheduleIsFoundAgainAndLivesAgainFromItsFile() {
        var failing = breaking(Flaw.ACKNOWLEDGES_EARLY, "Linearizability");
        var found = minimal(Flaw.ACKNOWLEDGES_EARLY, failing);
        assertThat(minimal(Flaw.ACKNOWLEDGES_EARLY, failing).schedule()).isEqualTo(found.schedule());
        var text = Scenario.write(found.schedule(), "a remark\nof two lines");
        var read = ScenarioFile.read(new ClusterText("s.yaml", text))
                .schedule(failing.plan().seed(), 5, Target.among(false));
        assertThat(read).isEqualTo(found.schedule());
        var label = new Rerun.Label("broken", "dcluster simulate");
        var again = Rerun.of(Broken.of(Flaw.ACKNOWLEDGES_EARLY, 5), read, label, Trace.NONE);
        assertThat(again.told()).isEqualTo(found.told());
        assertThat(again.page()).contains("\"title\":\"broken\"", "\"nodes\":[\"n1\",\"n2\"]", "\"server\"");
        assertThat(again.violation())
                .hasValueSatisfying(violation ->
                        assertThat(violation).hasMessage(found.violation().getMessage()));
        assertThat(again.size()).isEqualTo(found.after());
    }

    @Test
    void whatIsLeftOutChangesNothingElse() {
        var whole = new Schedule(SHORT, 3, false, new Plan(7, SHORT.nanos(), List.of()));
        var all = Trial.of(Broken.of(Flaw.ACKNOWLEDGES_EARLY, 3), whole, Trace.NONE)
                .questions();
        var some = all.stream()
                .filter(told -> told.asked().client() == 2 && told.at() < SHORT.nanos())
                .toList();
        var asked =
                whole.asking(Selection.of(some.stream().map(Asked.Told::asked).toList()));
        assertThat(Trial.of(Broken.of(Flaw.ACKNOWLEDGES_EARLY, 3), asked, Trace.NONE)
                        .questions())
                .extracting(Asked.Told::asked, Asked.Told::at, Asked.Told::node)
                .isEqualTo(some.stream()
                        .map(told -> org.assertj.core.groups.Tuple.tuple(told.asked(), told.at(), told.node()))
                        .toList());
    }

    @Test
    void runsAreBounded() {
        var told = new ArrayList<Integer>();
        var failing = breaking(Flaw.READS_LOCALLY, "Linearizability");
        var bounds = new Bounds(10, Duration.ofMinutes(5));
        var found =
                Minimizer.minimize(Broken.of(Flaw.READS_LOCALLY, 5), failing, bounds, (runs, size) -> told.add(runs));
        assertThat(found.isComplete()).isFalse();
        assertThat(found.runs()).isEqualTo(10);
        assertThat(told).endsWith(10);
        assertThat(found.violation().property()).isEqualTo("Linearizability");
    }

    @Test
    void whoeverHasSeenEnoughGetsTheShortestSoFar() {
        var failing = breaking(Flaw.READS_LOCALLY, "Linearizability");
        var found = Minimizer.minimize(Broken.of(Flaw.READS_LOCALLY, 5), failing, BOUNDS, (runs, size) -> runs < 7);
        assertThat(found.runs()).isEqualTo(7);
        assertThat(found.isComplete()).isFalse();
        assertThat(broken(Flaw.READS_LOCALLY, found.schedule())).isEqualTo("Linearizability");
    }

    @Test
    void aScheduleThatBreaksNothingIsRefused() {
        var harmless = new Schedule(SHORT, 5, false, new Plan(1, SHORT.nanos(), List.of()));
        assertThatThrownBy(() -> minimal(Flaw.BREAKS_ON_REPETITION, harmless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this schedule breaks nothing");
    }

    /** Whatever single part of a shortest schedule is left out: it no longer breaks what it broke. */
    @ParameterizedTest
    @EnumSource
    void nothingOfAShortestScheduleCanBeLeftOut(Flaw flaw) {
        var property = flaw == Flaw.BREAKS_ON_REPETITION ? "No Crash" : "Linearizability";
        var found = minimal(flaw, breaking(flaw, property));
        assertThat(found.isComplete()).isTrue();
        var schedule = found.schedule();
        var plan = schedule.plan();
        var less = new ArrayList<Schedule>();
        withoutEach(plan.faults()).forEach(faults -> less.add(schedule.under(plan.with(faults))));
        withoutEach(schedule.questions().only().orElseThrow())
                .forEach(questions -> less.add(schedule.asking(Selection.of(questions))));
        withoutEach(plan.disturbances().only().orElseThrow())
                .forEach(disturbances -> less.add(schedule.under(plan.with(Selection.of(disturbances)))));
        if (schedule.nodes() > Broken.LEAST_NODES) {
            less.add(schedule.ofNodes(schedule.nodes() - 1));
        }
        assertThat(less)
                .hasSizeGreaterThan(2)
                .allSatisfy(each -> assertThat(broken(flaw, each)).isNotEqualTo(property));
    }

    private static <T> List<List<T>> withoutEach(Collection<T> all) {
        return all.stream()
                .map(one -> all.stream().filter(other -> !other.equals(one)).toList())
                .toList();
    }

    @Test
    void aClusterThatNobodyAsksIsNotTakenForOneThatServesNobody() {
        var silent =
                new Schedule(SHORT, 3, false, new Plan(1, SHORT.nanos(), List.of())).asking(Selection.of(List.of()));
        var whole = Subjects.of("raft", 3).whole(1);
        assertThat(Trial.of(whole, silent, Trace.NONE).violation()).isEmpty();
    }

    @Test
    void aFailureIsNotTakenForAnotherOfTheSameName() {
        var overwritten =
                failure("No Crash", "n3 ended by java.lang.IllegalStateException: overwritten: commit=2 index=2");
        assertThat(failure("No Crash", "n1 ended by java.lang.IllegalStateException: overwritten: commit=14 index=9"))
                .isEqualTo(overwritten);
        assertThat(failure("No Crash", "n3 ended by java.lang.NullPointerException"))
                .isNotEqualTo(overwritten);
        assertThat(failure("Linearizability", "key x")).isEqualTo(failure("Linearizability", "key y"));
    }

    private static String failure(String property, String what) {
        return Minimizer.failure(new Violation(property, what));
    }

    @Test
    void aFaultThatNeedNotBeSoGraveIsToldAsAPlainerOne() {
        var storm = new Fault.Weather(Links.Quality.GOOD.slower(SECOND, SECOND).with(0.1, 0.2, 0.3), SECOND);
        assertThat(Plainer.than(storm, Set.of(Kind.LOST)))
                .containsExactly(
                        new Fault.Weather(Links.Quality.GOOD.with(0.1, 0, 0), SECOND),
                        new Fault.Weather(storm.quality().with(0.1, 0, 0), SECOND));
        assertThat(Plainer.than(new Fault.Crash(Target.ANY, true, 5), Set.of()))
                .containsExactly(new Fault.Crash(Target.ANY, false, 5));
        assertThat(Plainer.than(new Fault.Crash(Target.ANY, false, 5), Set.of()))
                .isEmpty();
        assertThat(Plainer.than(new Fault.Pause(Target.ANY, 5), Set.of())).isEmpty();
    }
}
