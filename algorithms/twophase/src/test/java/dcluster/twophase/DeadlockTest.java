package dcluster.twophase;

import static dcluster.twophase.Rig.C;
import static dcluster.twophase.Rig.N1;
import static dcluster.twophase.Rig.N2;
import static dcluster.twophase.Rig.numbers;
import static dcluster.twophase.Rig.text;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Command;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.twophase.TwoPhaseMessage.Execute;
import dcluster.twophase.TwoPhaseMessage.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever waits for locks waits for a bounded time, however locks are given. */
@Tag("hard-case-49")
class DeadlockTest {
    private static Rig rig(Locking locking) {
        return new Rig(Rig.config(Protocol.PRESUMED_ABORT, locking, Termination.COORDINATOR));
    }

    @ParameterizedTest
    @EnumSource(Locking.class)
    void twoThatHaveLockedWhatTheOtherNeedsBothEndAndAllOfThemThatIsToldHolds(Locking locking) {
        var rig = rig(locking);
        // The first reaches N1 alone, the second N2 alone: each has what the other lacks.
        rig.mesh.onlyIf((to, message) ->
                !(message instanceof Execute execute) || (execute.id().serial() == 1) == to.equals(N1));
        var first = rig.ask(C, rig.increments(N1, N2));
        var second = rig.ask(C, rig.increments(N2, N1));
        assertThat(List.of(rig.left(N1), rig.left(N2))).containsOnly(1);

        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(Duration.ofSeconds(4));

        assertThat(List.of(
                        rig.answer(C, first).orElseThrow(),
                        rig.answer(C, second).orElseThrow()))
                .containsExactlyInAnyOrder(numbers(1, 1), numbers(2, 2));
        assertThat(List.of(rig.read(N1), rig.read(N2))).containsOnly(text("2"));
        assertThat(List.of(rig.left(N1), rig.left(N2))).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource(Locking.class)
    void manyThatLockTheSameKeysInBothOrdersAllGoThrough(Locking locking) {
        var rig = rig(locking);
        var requests = new ArrayList<Request>();
        for (int i = 0; i < 10; i++) {
            requests.add(rig.at(C).request(rig.increments(N1, N2)));
            requests.add(rig.at(C).request(rig.increments(N2, N1)));
        }
        rig.pass(Duration.ofSeconds(5));
        assertThat(requests).allMatch(request -> rig.answer(C, request).orElseThrow() instanceof Response.Ok);
        assertThat(List.of(rig.read(N1), rig.read(N2))).containsOnly(text("20"));
    }

    @ParameterizedTest
    @EnumSource(Locking.class)
    void aCommandThatMeetsALockInDoubtFailsAfterTheTimeoutAndWasNotDone(Locking locking) {
        var rig = rig(locking);
        rig.mesh.onlyIf((to, message) -> !(message instanceof Vote));
        rig.ask(C, rig.increments(N1, N2));
        var write = rig.ask(N1, new Command.Increment(rig.key(N1), 100));
        var read = rig.ask(N1, new Command.Get(rig.key(N1)));

        rig.pass(Duration.ofMillis(900), List.of(N1, N2));
        assertThat(rig.answer(N1, write)).isEmpty();
        rig.pass(Duration.ofMillis(500), List.of(N1, N2));

        for (var request : List.of(write, read)) {
            assertThat(rig.answer(N1, request).orElseThrow())
                    .isInstanceOfSatisfying(
                            Response.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(Reason.UNAVAILABLE));
        }
        assertThat(rig.isInDoubt(N1)).isTrue();
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.read(N1)).isEqualTo(text("1"));
    }
}
