package dcluster.twophase;

import static dcluster.twophase.Rig.C;
import static dcluster.twophase.Rig.N1;
import static dcluster.twophase.Rig.N2;
import static dcluster.twophase.Rig.N3;
import static dcluster.twophase.Rig.numbers;
import static dcluster.twophase.Rig.text;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Command;
import dcluster.twophase.TwoPhaseMessage.Execute;
import dcluster.twophase.TwoPhaseMessage.Vote;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A coordinator that has lost its disk presumes nothing of the transactions of its earlier life. */
class LogLostTest {
    /** N1 and N2 have voted, and the coordinator that asked them has lost its disk. */
    private static Rig inDoubt(Protocol protocol) {
        var rig = new Rig(Rig.config(protocol, Locking.WAIT_DIE, Termination.COOPERATIVE));
        rig.mesh.onlyIf((to, message) -> !(message instanceof Vote));
        rig.ask(C, rig.increments(N1, N2));
        rig.mesh.beginAnew(C);
        rig.mesh.onlyIf((to, message) -> true);
        return rig;
    }

    @Test
    void nothingLeavesInTheNameOfALogThatACrashCouldTakeBack() {
        var rig = new Rig();
        var coordinator = rig.at(C);
        coordinator.request(rig.increments(N1, N2));
        assertThat(coordinator.sent()).isEmpty();
        coordinator.durable();
        assertThat(coordinator.sent(N1, Execute.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whatIsInDoubtStaysInDoubtAndIsSaidToBeSoForGood(Protocol protocol) {
        var rig = inDoubt(protocol);
        rig.pass(Duration.ofMinutes(1));
        for (var node : List.of(N1, N2)) {
            assertThat(rig.left(node)).as(node.name()).isEqualTo(2);
            assertThat(rig.inDoubt(node).get(0).get(1)).isEqualTo("in doubt: the coordinator has lost its log");
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void newTransactionsHaveOtherNamesAndGoOnBesideIt(Protocol protocol) {
        var rig = inDoubt(protocol);
        rig.pass(Duration.ofSeconds(1));
        var others = new Command.Transaction(
                List.of(new Command.Increment(rig.key(N1, 1), 1), new Command.Increment(rig.key(N3), 1)));
        assertThat(rig.run(C, others)).isEqualTo(numbers(1, 1));
        assertThat(rig.isInDoubt(N1) && rig.isInDoubt(N2)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void operatorsResolveIt(Protocol protocol) {
        var rig = inDoubt(protocol);
        rig.pass(Duration.ofSeconds(1));
        for (var node : List.of(N1, N2)) {
            rig.operate(node, "resolve", rig.inDoubt(node).get(0).get(0), "commit");
        }
        assertThat(List.of(rig.read(N1), rig.read(N2))).containsOnly(text("1"));
        assertThat(List.of(rig.left(N1), rig.left(N2))).containsOnly(0);
        assertThat(rig.run(C, rig.increments(N1, N2))).isEqualTo(numbers(2, 2));
    }
}
