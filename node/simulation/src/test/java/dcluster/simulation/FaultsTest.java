package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Fault.Partition.Form;
import dcluster.simulation.Links.Quality;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;

    /** One of each kind, and of each form of partition. */
    static Stream<Fault> faults() {
        var others = Stream.of(
                new Fault.Crash(Target.FOLLOWER, false, SECOND),
                new Fault.Crash(Target.LEADER, true, SECOND),
                new Fault.Blackout(true, SECOND),
                new Fault.Pause(Target.LEADER, SECOND),
                new Fault.Drift(Target.LEADER, 100_000, SECOND),
                new Fault.Drift(Target.FOLLOWER, -100_000, SECOND),
                new Fault.Leap(Target.LEADER, SECOND, SECOND),
                new Fault.WallClock(Target.ANY, -3600 * SECOND, SECOND),
                new Fault.SlowDisk(Target.LEADER, 50 * MILLISECOND, SECOND),
                new Fault.FailedSync(Target.LEADER, SECOND),
                new Fault.TornSync(Target.LEADER, false, SECOND),
                new Fault.TornSync(Target.FOLLOWER, true, SECOND),
                new Fault.ShortReigns(false, 40 * MILLISECOND, 300 * MILLISECOND, 2 * SECOND),
                new Fault.Usurpations(true, 40 * MILLISECOND, 300 * MILLISECOND, 2 * SECOND),
                new Fault.LostMinority(false, SECOND),
                new Fault.LostMinority(true, SECOND),
                new Fault.Wipe(Target.FOLLOWER, SECOND),
                new Fault.WipedMajority(SECOND),
                new Fault.LyingDisk(Target.FOLLOWER, SECOND),
                new Fault.FlappingLinks(Form.ISOLATE, Target.LEADER, 200 * MILLISECOND, SECOND),
                new Fault.Weather(Quality.GOOD.with(0.1, 0.1, 0.1), SECOND),
                new Fault.CrashAt(
                        Target.LEADER,
                        Optional.empty(),
                        "sends AppendEntries 3",
                        true,
                        false,
                        300 * MILLISECOND,
                        SECOND));
        // Two followers have nothing to say to each other: a bridge in their leader is not felt.
        var partitions = Stream.of(Form.values())
                .map(form ->
                        new Fault.Partition(form, form == Form.BRIDGE ? Target.FOLLOWER : Target.LEADER, true, SECOND));
        return Stream.concat(others, partitions);
    }

    /** Those that Raft claims to survive. */
    static Stream<Fault> survivable() {
        return faults().filter(fault -> !(fault instanceof Fault.Wipe
                || fault instanceof Fault.WipedMajority
                || fault instanceof Fault.LyingDisk));
    }

    private static Simulation<?> loaded(UnaryOperator<Injector> injector) {
        var simulation = new Simulation<>(Populations.of("raft", 3), new Plan(1, 0, List.of()), Trace.NONE, injector);
        for (int client = 0; client < 5; client++) {
            Load.begin(simulation, client);
        }
        simulation.run(2 * SECOND);
        return simulation;
    }

    private static Ledger.Entry felt(Fault fault, UnaryOperator<Injector> injector) {
        var simulation = loaded(injector);
        simulation.begin(fault);
        assertThat(simulation.isDisturbed()).isTrue();
        try {
            simulation.run(2 * SECOND + fault.nanos());
            assertThat(simulation.isDisturbed()).isFalse();
        } catch (Violation e) {
            assertThat(fault).as("%s", e).isInstanceOf(Fault.LyingDisk.class);
        }
        assertThat(simulation.ledger().entries()).hasSize(1);
        return simulation.ledger().entries().get(0);
    }

    /** What is left out here is neither shown to be felt nor to be unconfirmed where nobody brings it about. */
    @Test
    void noKindIsLeftOut() {
        assertThat(faults().map(Fault::getClass).collect(Collectors.toSet()))
                .isEqualTo(leaves(Fault.class).collect(Collectors.toSet()));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(FaultsTest::leaves) : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void eachFaultIsFelt(Fault fault) {
        var entry = felt(fault, usual -> usual);
        assertThat(entry.fault()).isEqualTo(fault);
        assertThat(entry.at()).isEqualTo(2 * SECOND);
        assertThat(entry.isConfirmed()).as("%s", entry).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultThatNobodyBringsAboutIsNotConfirmed(Fault fault) {
        var entry = felt(fault, usual -> (each, target) -> () -> {});
        assertThat(entry.evidence()).isZero();
        assertThat(entry.isConfirmed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("survivable")
    void everythingServesAndAgreesAfterItIsMended(Fault fault) {
        var simulation = loaded(usual -> usual);
        simulation.begin(fault);
        simulation.run(simulation.now() + SECOND / 2);
        simulation.mendAll();
        simulation.mendAll();
        assertThat(simulation.ids()).allMatch(simulation::isUp).noneMatch(simulation::isPaused);
        assertThat(simulation.ledger().entries()).hasSize(1);
        simulation.run(simulation.now() + 8 * SECOND);
        assertThat(simulation.ledger().entries()).as("it does not end again").hasSize(1);
        var load = Load.begin(simulation, 9);
        simulation.run(simulation.now() + SECOND);
        assertThat(load.answered()).isPositive();
    }

    @Test
    void aRoleIsLookedUpWhenTheFaultBegins() {
        var simulation = loaded(usual -> usual);
        var leader = simulation.ids().stream()
                .filter(id -> simulation.status(id).orElseThrow().role().equals("leader"))
                .findFirst()
                .orElseThrow();
        simulation.begin(new Fault.Crash(Target.LEADER, false, SECOND));
        assertThat(simulation.isUp(leader)).isFalse();
        simulation.begin(new Fault.Crash(Target.FOLLOWER, false, SECOND));
        simulation.run(4 * SECOND);
        var targets = simulation.ledger().entries().stream().map(Ledger.Entry::target);
        assertThat(targets).hasSize(2).doesNotHaveDuplicates().contains(leader);
    }

    @Test
    void whoeverBeginsToLeadIsCutOffAndBelievesThatItLeadsWhileAnotherDoes() {
        var simulation = new Simulation<>(Populations.of("raft", 3), 1, Trace.NONE);
        simulation.begin(new Fault.Usurpations(true, 100 * MILLISECOND, 3 * SECOND, 20 * SECOND));
        simulation.run(20 * SECOND);
        assertThat(simulation.tally().count("elected")).isGreaterThan(3);
        assertThat(simulation.tally().count("two leaders at once")).isPositive();
        assertThat(simulation.ledger().confirmed()).isEqualTo(1);
        simulation.run(22 * SECOND);
        var load = Load.begin(simulation, 1);
        simulation.run(23 * SECOND);
        assertThat(load.answered()).isPositive();
    }

    @Test
    void aFaultIsNotConfirmedByTheCrashesOfAnother() {
        var simulation = new Simulation<>(Populations.of("none", 1), 1, Trace.NONE);
        simulation.run(SECOND);
        // Nobody writes: there is no sync to be torn.
        simulation.begin(new Fault.TornSync(Target.ANY, false, 2 * SECOND));
        simulation.begin(new Fault.Crash(Target.ANY, false, SECOND));
        simulation.run(4 * SECOND);
        assertThat(simulation.ledger().entries())
                .extracting(Ledger.Entry::evidence)
                .containsExactly(1L, 0L);
    }

    @Test
    void aCrashOfANodeThatIsDownIsNoFault() {
        var simulation = new Simulation<>(Populations.of("none", 1), 1, Trace.NONE);
        simulation.run(SECOND);
        simulation.begin(new Fault.Crash(Target.ANY, false, 2 * SECOND));
        simulation.begin(new Fault.Crash(Target.ANY, false, SECOND));
        simulation.run(4 * SECOND);
        assertThat(simulation.ledger().entries()).hasSize(2);
        assertThat(simulation.ledger().confirmed()).isEqualTo(1);
    }
}
