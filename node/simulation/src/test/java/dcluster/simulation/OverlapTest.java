package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Links.Quality;
import dcluster.simulation.Trace.Event;
import dcluster.simulation.Trace.Fate;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault goes on when another that overlaps it has ended. */
class OverlapTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final NodeId N1 = new NodeId("n1");

    private final Tape tape = new Tape();

    private Simulation<?> alone() {
        var simulation = new Simulation<>(Populations.of("none", 1), 1, tape);
        simulation.run(SECOND);
        return simulation;
    }

    /** Three nodes that serve, under a fault of some seconds and a short one that began later and has ended. */
    private Simulation<?> overlapped(Fault fault) {
        var simulation = new Simulation<>(Populations.of("raft", 3), 1, tape);
        for (int client = 0; client < 5; client++) {
            Load.begin(simulation, client);
        }
        simulation.run(2 * SECOND);
        overlap(simulation, fault, fault);
        return simulation;
    }

    private static void overlap(Simulation<?> simulation, Fault fault, Fault other) {
        simulation.begin(fault);
        simulation.run(simulation.now() + 100 * MILLISECOND);
        simulation.begin(other.lasting(100 * MILLISECOND));
        simulation.run(simulation.now() + 101 * MILLISECOND);
    }

    private static List<Answer> put(Simulation<?> simulation) {
        var answers = new ArrayList<Answer>();
        simulation.submit(N1, new Command.Put(Bytes.utf8("k"), Bytes.utf8("v")), answers::add);
        return answers;
    }

    @Test
    void badWeatherGoesOnAndThenEnds() {
        var simulation = overlapped(new Fault.Weather(Quality.GOOD.with(0.3, 0, 0), 3 * SECOND));
        long shortOneEnded = simulation.now();
        simulation.run(8 * SECOND);
        var lost = tape.messages().stream()
                .filter(heard -> heard.fate() == Fate.LOST && heard.at() > shortOneEnded)
                .toList();
        assertThat(lost).isNotEmpty().allMatch(heard -> heard.at() <= 5 * SECOND);
    }

    @Test
    void aSlowDiskStaysSlow() {
        var simulation = alone();
        overlap(simulation, slow(300), slow(1));
        var answers = put(simulation);
        simulation.run(simulation.now() + 250 * MILLISECOND);
        assertThat(answers).isEmpty();
        simulation.run(simulation.now() + 3 * SECOND);
        assertThat(answers).hasSize(1);
        var more = put(simulation);
        simulation.run(simulation.now() + 100 * MILLISECOND);
        assertThat(more).hasSize(1);
    }

    private static Fault slow(long milliseconds) {
        return new Fault.SlowDisk(Target.ANY, milliseconds * MILLISECOND, 3 * SECOND);
    }

    @Test
    void aClockDriftsOn() {
        var simulation = alone();
        overlap(simulation, new Fault.Drift(Target.ANY, 1000, 3 * SECOND), new Fault.Drift(Target.ANY, 2000, SECOND));
        simulation.run(simulation.now() + 3 * SECOND);
        assertThat(tape.nodes(Event.CLOCK))
                .extracting(seen -> seen.details().get(1))
                .containsExactly(1000L, 2000L, 1000L, 0L);
    }

    static Stream<Fault> holdDown() {
        return Stream.of(
                new Fault.Crash(Target.ANY, false, 3 * SECOND),
                new Fault.Blackout(true, 3 * SECOND),
                new Fault.Wipe(Target.ANY, 3 * SECOND));
    }

    @ParameterizedTest
    @MethodSource("holdDown")
    void aNodeStaysDownUntilTheLastFaultThatHoldsItDownHasEnded(Fault fault) {
        for (var other : holdDown().toList()) {
            var simulation = alone();
            overlap(simulation, fault, other);
            simulation.run(4 * SECOND - 1);
            assertThat(simulation.isUp(N1)).as("%s", other).isFalse();
            simulation.run(4 * SECOND);
            assertThat(simulation.isUp(N1)).as("%s", other).isTrue();
        }
    }

    @Test
    void aNodeThatADiskEndedStaysDownUntilThatFaultHasEnded() {
        for (var fault : List.of(
                new Fault.FailedSync(Target.ANY, 3 * SECOND), new Fault.TornSync(Target.ANY, false, 3 * SECOND))) {
            var simulation = alone();
            simulation.begin(fault);
            put(simulation);
            simulation.run(simulation.now() + 100 * MILLISECOND);
            assertThat(simulation.isUp(N1)).isFalse();
            overlap(simulation, fault.lasting(SECOND), fault.lasting(SECOND));
            simulation.begin(new Fault.Crash(Target.ANY, false, MILLISECOND));
            simulation.run(4 * SECOND - 1);
            assertThat(simulation.isUp(N1)).as("%s", fault).isFalse();
            simulation.run(4 * SECOND);
            assertThat(simulation.isUp(N1)).as("%s", fault).isTrue();
        }
    }

    @Test
    void aSyncThatIsToFailOrToBeTornStillDoes() {
        for (var fault : List.of(
                new Fault.FailedSync(Target.ANY, 3 * SECOND), new Fault.TornSync(Target.ANY, false, 3 * SECOND))) {
            var simulation = alone();
            overlap(simulation, fault, fault);
            assertThat(simulation.isUp(N1)).isTrue();
            put(simulation);
            simulation.run(simulation.now() + 100 * MILLISECOND);
            assertThat(simulation.isUp(N1)).as("%s", fault).isFalse();
        }
    }

    @Test
    void aPausedProcessGoesOnWhenTheLastPauseOfItHasEnded() {
        var simulation = alone();
        var pause = new Fault.Pause(Target.ANY, 3 * SECOND);
        overlap(simulation, pause, pause);
        assertThat(simulation.isPaused(N1)).isTrue();
        simulation.run(4 * SECOND);
        assertThat(simulation.isPaused(N1)).isFalse();
    }

    @Test
    void aPauseOfAnEarlierProcessHoldsNoLaterOne() {
        var simulation = alone();
        simulation.begin(new Fault.Pause(Target.ANY, 9 * SECOND));
        simulation.begin(new Fault.Crash(Target.ANY, false, MILLISECOND));
        simulation.run(simulation.now() + SECOND);
        simulation.begin(new Fault.Pause(Target.ANY, SECOND));
        assertThat(simulation.isPaused(N1)).isTrue();
        simulation.run(simulation.now() + SECOND);
        assertThat(simulation.isPaused(N1)).isFalse();
    }

    @Test
    void reignsAreShortUntilTheLastSuchFaultHasEnded() {
        var simulation = overlapped(new Fault.ShortReigns(false, 40 * MILLISECOND, 300 * MILLISECOND, 10 * SECOND));
        long shortOneEnded = simulation.now();
        simulation.run(12 * SECOND);
        assertThat(tape.nodes(Event.CRASHED).stream().filter(crash -> crash.at() > shortOneEnded + SECOND))
                .hasSizeGreaterThan(3);
    }
}
