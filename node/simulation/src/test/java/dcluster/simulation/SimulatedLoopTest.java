package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedLoopTest {
    private static final long DELAY = 10;

    private final Agenda agenda = new Agenda();
    private final NodeClock clock = new NodeClock(agenda, 0, 0);
    private final List<String> happened = new ArrayList<>();
    private final List<Throwable> broken = new ArrayList<>();
    private final SimulatedLoop loop = new SimulatedLoop(agenda, clock, () -> DELAY, () -> note("turned"), broken::add);

    private void note(String what) {
        happened.add(what + "@" + agenda.now());
    }

    private Runnable task(String name) {
        return () -> note(name);
    }

    private void run(long until) {
        while (agenda.next() <= until) {
            agenda.run();
        }
        agenda.pass(until);
    }

    @Test
    void whatComesUntilATurnEndsBelongsToIt() {
        loop.execute(task("a"));
        agenda.at(9, () -> loop.execute(task("b")));
        agenda.at(11, () -> loop.execute(task("c")));
        run(100);
        assertThat(happened).containsExactly("a@10", "b@10", "turned@10", "c@21", "turned@21");
    }

    @Test
    void whatATaskAddsIsOfTheNextTurn() {
        loop.execute(() -> loop.execute(task("child")));
        run(100);
        assertThat(happened).containsExactly("turned@10", "child@20", "turned@20");
    }

    @Test
    void alarmsRingInTheOrderOfTheirMoments() {
        loop.schedule(50, task("late"));
        loop.schedule(20, task("early"));
        loop.schedule(20, task("second"));
        run(100);
        assertThat(happened).containsExactly("early@30", "second@30", "turned@30", "late@60", "turned@60");
    }

    @Test
    void alarmsFollowTheClockOfTheNode() {
        loop.schedule(1000, task("alarm"));
        agenda.at(100, () -> {
            clock.leap(800);
            loop.clockChanged();
        });
        run(2000);
        assertThat(happened).containsExactly("alarm@210", "turned@210");
    }

    @Test
    void aSlowClockRingsLate() {
        loop.schedule(1000, task("alarm"));
        clock.drift(-500_000);
        loop.clockChanged();
        run(3000);
        assertThat(happened).containsExactly("alarm@2011", "turned@2011");
    }

    @Test
    void aPausedLoopRunsNothingAndFindsEverythingWhenItGoesOn() {
        loop.execute(task("before"));
        loop.schedule(30, task("alarm"));
        loop.pause();
        agenda.at(20, () -> loop.execute(task("meanwhile")));
        run(100);
        assertThat(happened).isEmpty();
        assertThat(loop.waiting()).isEqualTo(2);
        loop.resume();
        run(200);
        assertThat(happened).containsExactly("before@110", "meanwhile@110", "alarm@110", "turned@110");
    }

    @Test
    void nothingRunsAfterTheEnd() {
        loop.execute(task("task"));
        loop.schedule(5, task("alarm"));
        loop.end();
        loop.execute(task("later"));
        loop.schedule(5, task("later alarm"));
        run(100);
        assertThat(happened).isEmpty();
    }

    @Test
    void aTaskThatEndsTheProcessIsTheLastOfItsTurn() {
        loop.execute(loop::end);
        loop.execute(task("after"));
        run(100);
        assertThat(happened).containsExactly("turned@10");
    }

    @Test
    void aFailureOfATaskIsToldAndAViolationPassesThrough() {
        loop.execute(() -> {
            throw new IllegalStateException("broken");
        });
        run(50);
        assertThat(broken).singleElement().isInstanceOf(IllegalStateException.class);
        loop.execute(() -> {
            throw new Violation("Safety", "it is not");
        });
        assertThatThrownBy(() -> run(100)).isInstanceOf(Violation.class).hasMessage("Safety: it is not");
    }
}
