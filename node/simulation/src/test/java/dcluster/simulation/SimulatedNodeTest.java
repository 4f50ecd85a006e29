package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One machine, its disk, and the processes that live on it one after the other. */
class SimulatedNodeTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final NodeId N1 = new NodeId("n1");

    private static Simulation<?> alone(long seed) {
        var simulation = new Simulation<>(Populations.of("none", 1), seed, Trace.NONE);
        simulation.run(SECOND);
        return simulation;
    }

    /** What a client has been told within a second. */
    private static List<Answer> ask(Simulation<?> simulation, Command command) {
        var answers = new ArrayList<Answer>();
        simulation.submit(N1, command, answers::add);
        simulation.run(simulation.now() + SECOND);
        return answers;
    }

    private static Command put(int key) {
        return new Command.Put(Bytes.utf8("k" + key), Bytes.utf8("v" + key));
    }

    private static boolean isDone(List<Answer> answers) {
        return answers.get(0) instanceof Answer.Responded responded && responded.response() instanceof Response.Ok;
    }

    private static void requireThere(Simulation<?> simulation, int key) {
        var found = new Result.Found(Bytes.utf8("v" + key));
        assertThat(ask(simulation, new Command.Get(Bytes.utf8("k" + key))))
                .containsExactly(new Answer.Responded(new Response.Ok(found)));
    }

    @Test
    void whatIsAcknowledgedSurvivesLossesOfPower() {
        for (long seed = 1; seed <= 10; seed++) {
            var simulation = alone(seed);
            for (int key = 0; key < 5; key++) {
                assertThat(isDone(ask(simulation, put(key)))).isTrue();
                simulation.begin(new Fault.Crash(Target.ANY, true, MILLISECOND));
                simulation.run(simulation.now() + SECOND);
            }
            for (int key = 0; key < 5; key++) {
                requireThere(simulation, key);
            }
        }
    }

    @Test
    void whatIsNotSyncedIsLostAtTimes() {
        var tally = new Tally();
        for (long seed = 1; seed <= 40; seed++) {
            var simulation = alone(seed);
            simulation.submit(N1, put(1), answer -> {});
            simulation.run(simulation.now() + MILLISECOND / 2);
            simulation.begin(new Fault.Crash(Target.ANY, true, MILLISECOND));
            simulation.run(simulation.now() + SECOND);
            tally.add(simulation.tally());
        }
        assertThat(tally.count("crash before a sync")).isPositive();
        assertThat(tally.count("tail lost")).isBetween(1L, tally.count("crash before a sync"));
    }

    @Test
    void aFailedSyncEndsTheProcessAndAcknowledgesNothing() {
        var simulation = alone(1);
        requireDone(simulation, 0);
        simulation.begin(new Fault.FailedSync(Target.ANY, 3 * SECOND));
        assertThat(ask(simulation, put(1))).singleElement().isInstanceOf(Answer.Lost.class);
        assertThat(simulation.isUp(N1)).isFalse();
        assertThat(ask(simulation, put(2))).singleElement().isInstanceOf(Answer.Refused.class);
        simulation.run(simulation.now() + 2 * SECOND);
        assertThat(simulation.isUp(N1)).isTrue();
        requireThere(simulation, 0);
        requireDone(simulation, 3);
    }

    @Test
    void aProcessThatFindsAFailingDiskAtItsStartEndsAndStartsAgainWhenThatIsMended() {
        var simulation = alone(1);
        requireDone(simulation, 0);
        simulation.begin(new Fault.FailedSync(Target.ANY, 3 * SECOND));
        simulation.begin(new Fault.Crash(Target.ANY, true, MILLISECOND));
        simulation.run(simulation.now() + SECOND);
        assertThat(simulation.isUp(N1)).isFalse();
        assertThat(simulation.tally().count("ended by a failing disk")).isEqualTo(1);
        simulation.run(simulation.now() + 2 * SECOND);
        assertThat(simulation.isUp(N1)).isTrue();
        assertThat(simulation.ledger().confirmed()).isEqualTo(2);
        requireThere(simulation, 0);
    }

    private static void requireDone(Simulation<?> simulation, int key) {
        assertThat(isDone(ask(simulation, put(key)))).isTrue();
    }

    @Test
    void aPausedProcessAnswersWhenItGoesOn() {
        var simulation = alone(1);
        simulation.begin(new Fault.Pause(Target.ANY, 3 * SECOND));
        assertThat(simulation.isPaused(N1)).isTrue();
        var answers = ask(simulation, put(1));
        assertThat(answers).isEmpty();
        simulation.run(simulation.now() + 3 * SECOND);
        assertThat(simulation.isPaused(N1)).isFalse();
        assertThat(isDone(answers)).isTrue();
    }

    @Test
    void aCrashedProcessIsNotPausedWhenItStartsAgain() {
        var simulation = alone(1);
        simulation.begin(new Fault.Pause(Target.ANY, 9 * SECOND));
        simulation.begin(new Fault.Crash(Target.ANY, false, SECOND));
        simulation.run(simulation.now() + 2 * SECOND);
        assertThat(simulation.isPaused(N1)).isFalse();
        requireDone(simulation, 1);
    }

    @Test
    void stateThatReplayDidNotMakeIsFound() {
        var simulation = new Simulation<>(Forgetful.population("none", 1), 1, Trace.NONE);
        Load.begin(simulation, 1);
        assertThatThrownBy(() -> simulation.run(10 * SECOND))
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Recovery: the journal of n1 makes ");
    }
}
