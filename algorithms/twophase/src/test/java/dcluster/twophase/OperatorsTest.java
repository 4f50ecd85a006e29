package dcluster.twophase;

import static dcluster.twophase.Rig.ABSENT;
import static dcluster.twophase.Rig.C;
import static dcluster.twophase.Rig.N1;
import static dcluster.twophase.Rig.N2;
import static dcluster.twophase.Rig.N3;
import static dcluster.twophase.Rig.numbers;
import static dcluster.twophase.Rig.text;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.twophase.TwoPhaseMessage.Decision;
import dcluster.twophase.TwoPhaseMessage.LogLost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see of transactions in doubt, and what their decisions do. */
class OperatorsTest {
    private static final String MIXED = "HEURISTIC-MIXED";

    /** What is resolved asks seldom. */
    private static final Duration A_WHILE = Duration.ofSeconds(4);

    private final Rig rig = new Rig();

    /** N1 and N2 commit, and N1 does not hear of that; its row of what is in doubt. */
    private List<String> leaveInDoubt() {
        rig.mesh.onlyIf((to, message) -> !(message instanceof Decision && to.equals(N1)));
        assertThat(rig.run(C, rig.increments(N1, N2))).isEqualTo(numbers(1, 1));
        assertThat(rig.inDoubt(N1)).hasSize(1);
        return rig.inDoubt(N1).get(0);
    }

    private String idInDoubt() {
        return leaveInDoubt().get(0);
    }

    private void hear() {
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(A_WHILE);
    }

    private long notes(NodeId node) {
        return rig.at(node).notes().stream()
                .filter(note -> note.event().equals(MIXED))
                .count();
    }

    @Test
    void theTableShowsTheLocksWhoWaitsForThemAndForHowLong() {
        var fresh = leaveInDoubt();
        assertThat(fresh.subList(1, 6))
                .containsExactly("in doubt", "0", "n1 n2", rig.key(N1).toString(), "0");
        rig.ask(N1, new Command.Get(rig.key(N1)));
        rig.pass(Duration.ofMillis(300));
        assertThat(rig.inDoubt(N1).get(0).subList(1, 6))
                .containsExactly("in doubt", "300", "n1 n2", rig.key(N1).toString(), "1");
        assertThat(rig.inDoubt(N2)).isEmpty();
        assertThat(rig.inDoubt(C))
                .containsExactly(
                        List.of(fresh.get(0), "decided: commit, not acknowledged by n1", "300", "n1 n2", "-", "-"));
    }

    @Test
    void theTableSaysThatTheCoordinatorHasLostItsLog() {
        var id = TransactionId.parse(idInDoubt()).orElseThrow();
        rig.at(N1).receive(C, new LogLost(id));
        assertThat(rig.inDoubt(N1).get(0).get(1)).isEqualTo("in doubt: the coordinator has lost its log");
        rig.operate(N1, "resolve", id.toString(), "abort");
        assertThat(rig.inDoubt(N1).get(0).get(1)).isEqualTo("resolved: abort, for good");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDecisionByHandFreesTheLocksAndOutlivesACrash(boolean commits) {
        var id = idInDoubt();
        var waiting = rig.ask(N1, new Command.Get(rig.key(N1)));
        assertThat(rig.answer(N1, waiting)).isEmpty();

        rig.operate(N1, "resolve", id, Operators.word(commits));

        var expected = commits ? text("1") : ABSENT;
        assertThat(rig.answer(N1, waiting)).contains(expected);
        assertThat(rig.left(N1)).isZero();
        rig.mesh.crash(N1);
        assertThat(rig.read(N1)).isEqualTo(expected);
        assertThat(rig.left(N1)).isZero();
        assertThat(rig.inDoubt(N1).get(0)).startsWith(id, "resolved: " + Operators.word(commits) + ", not confirmed");
    }

    @Test
    void aDecisionByHandIsNotAnsweredBeforeItIsDurable() {
        var id = idInDoubt();
        var request = rig.at(N1).request(new Command.Operation("resolve", List.of(id, "commit")));
        assertThat(rig.mesh.reply(N1, request)).isEmpty();
        rig.at(N1).durable();
        assertThat(rig.mesh.reply(N1, request)).isPresent();
    }

    @Test
    void aDecisionByHandThatWasRightIsConfirmedAndGone() {
        var id = idInDoubt();
        rig.operate(N1, "resolve", id, "commit");
        hear();
        assertThat(rig.inDoubt(N1)).isEmpty();
        assertThat(rig.coordinator().log().size()).isZero();
        assertThat(rig.read(N1)).isEqualTo(text("1"));
        assertThat(notes(N1) + notes(C)).isZero();
    }

    @Test
    void aDecisionByHandThatWasWrongIsReportedAtTheParticipantAndAtTheCoordinatorForEver() {
        var id = idInDoubt();
        rig.operate(N1, "resolve", id, "abort");
        rig.mesh.onlyIf((to, message) -> true);
        // Message by message, for what settles forgets notes.
        rig.at(C).advance(Duration.ofMillis(200));
        var decision = rig.at(C).sent(N1, Decision.class).get(0);
        rig.at(N1).receive(C, decision);
        rig.at(N1).durable();
        rig.at(N1)
                .sent(C, TwoPhaseMessage.Acknowledge.class)
                .forEach(message -> rig.at(C).receive(N1, message));
        assertThat(notes(N1)).isEqualTo(1);
        assertThat(notes(C)).isEqualTo(1);

        rig.mesh.settle();
        rig.mesh.crash(N1);
        assertThat(rig.inDoubt(N1))
                .containsExactly(List.of(id, "HEURISTIC-MIXED: resolved abort, decided commit", "-", "-", "-", "-"));
        assertThat(rig.participant(N1).status().details()).containsEntry("heuristic-mixed", 1L);
        assertThat(rig.read(N1)).isEqualTo(ABSENT);
        assertThat(rig.inDoubt(C)).isEmpty();
    }

    private void assertRefused(NodeId node, String... arguments) {
        assertThat(rig.operate(node, "resolve", arguments))
                .as("%s %s", node, List.of(arguments))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.UNSUPPORTED));
    }

    @Test
    void whatIsNotInDoubtAndWhatIsNoDecisionIsRefusedAndChangesNothing() {
        var id = idInDoubt();
        assertRefused(N1);
        assertRefused(N1, id);
        assertRefused(N1, id, "perhaps");
        assertRefused(N1, id, "commit", "abort");
        assertRefused(N1, "00000000-1-1", "commit");
        assertRefused(N1, "nonsense", "commit");
        assertRefused(N2, id, "commit");
        assertRefused(N3, id, "commit");
        assertRefused(C, id, "commit");
        assertThat(rig.inDoubt(N1).get(0)).startsWith(id, "in doubt");
        rig.operate(N1, "resolve", id, "commit");
        assertRefused(N1, id, "abort");
        assertThat(rig.read(N1)).isEqualTo(text("1"));
    }
}
