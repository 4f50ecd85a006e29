package dcluster.twophase;

import static dcluster.twophase.Rig.ABSENT;
import static dcluster.twophase.Rig.C;
import static dcluster.twophase.Rig.N1;
import static dcluster.twophase.Rig.N2;
import static dcluster.twophase.Rig.N3;
import static dcluster.twophase.Rig.numbers;
import static dcluster.twophase.Rig.text;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.twophase.TwoPhaseMessage.Consultation;
import dcluster.twophase.TwoPhaseMessage.Decision;
import dcluster.twophase.TwoPhaseMessage.Inquiry;
import dcluster.twophase.TwoPhaseMessage.Prepare;
import dcluster.twophase.TwoPhaseMessage.Vote;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How participants that have voted yes learn what was decided, and that none of them decides alone. */
class TerminationTest {
    private static final List<NodeId> PARTICIPANTS = List.of(N1, N2, N3);
    private static final Duration A_WHILE = Duration.ofMillis(600);

    private static Rig rig(Protocol protocol, Termination termination) {
        return new Rig(Rig.config(protocol, Locking.WAIT_DIE, termination));
    }

    /** N1 has voted yes and misses the decision, which N2 has; the coordinator is away from then on. */
    private static Rig inDoubtAtOne(Termination termination) {
        var rig = rig(Protocol.PRESUMED_ABORT, termination);
        rig.mesh.onlyIf((to, message) -> !(message instanceof Decision && to.equals(N1)));
        assertThat(rig.run(C, rig.increments(N1, N2))).isEqualTo(numbers(1, 1));
        assertThat(rig.isInDoubt(N1)).isTrue();
        rig.mesh.onlyIf((to, message) -> !to.equals(C));
        return rig;
    }

    @Test
    void whoIsInDoubtAsksTheCoordinatorWhichPresumesWhatItHasForgotten() {
        // A commit is not acknowledged under presumed commit, so nobody tells it again unasked.
        var rig = rig(Protocol.PRESUMED_COMMIT, Termination.COORDINATOR);
        rig.mesh.onlyIf((to, message) -> !(message instanceof Decision));
        assertThat(rig.run(C, rig.increments(N1, N2))).isEqualTo(numbers(1, 1));
        assertThat(rig.coordinator().log().size()).isZero();
        assertThat(rig.isInDoubt(N1) && rig.isInDoubt(N2)).isTrue();

        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(A_WHILE);

        assertThat(List.of(rig.read(N1), rig.read(N2))).containsOnly(text("1"));
    }

    @Test
    void whoAsksTheCoordinatorAloneWaitsForIt() {
        var rig = inDoubtAtOne(Termination.COORDINATOR);
        rig.pass(Duration.ofSeconds(10), PARTICIPANTS);
        assertThat(rig.isInDoubt(N1)).isTrue();

        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(A_WHILE);
        assertThat(rig.read(N1)).isEqualTo(text("1"));
    }

    @Test
    void whoKnowsTellsTheOthersWhatWasDecided() {
        var rig = inDoubtAtOne(Termination.COOPERATIVE);
        rig.pass(A_WHILE, PARTICIPANTS);
        assertThat(rig.read(N1)).isEqualTo(text("1"));
    }

    @Test
    void whoHasNotVotedMakesItAnAbortAndNeverVotesYes() {
        var rig = rig(Protocol.PRESUMED_ABORT, Termination.COOPERATIVE);
        rig.mesh.onlyIf((to, message) -> !(message instanceof Prepare && to.equals(N2)));
        var request = rig.ask(C, rig.increments(N1, N2));
        assertThat(rig.isInDoubt(N1)).isTrue();
        rig.mesh.onlyIf((to, message) -> !to.equals(C));
        rig.pass(A_WHILE, PARTICIPANTS);
        assertThat(rig.isInDoubt(N1)).isFalse();
        assertThat(rig.read(N1)).isEqualTo(ABSENT);

        // The coordinator comes back, and still has no vote of N2.
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(A_WHILE);
        assertThat(rig.answer(C, request).orElseThrow())
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.ABORTED));
        assertThat(List.of(rig.read(N1), rig.read(N2))).containsOnly(ABSENT);
    }

    /** It was committed at N2: to presume an abort there would be wrong. */
    @Test
    void whoHasForgottenSaysNothing() {
        var config = Rig.config(Protocol.PRESUMED_ABORT, Locking.WAIT_DIE, Termination.COOPERATIVE);
        var rig = new Rig(remembering(config, 1));
        rig.mesh.onlyIf(
                (to, message) -> !(message instanceof Decision decision && to.equals(N1) && decision.isAcknowledged())
                        && !(message instanceof Inquiry));
        assertThat(rig.run(C, rig.increments(N1, N2))).isEqualTo(numbers(1, 1));
        assertThat(rig.run(C, rig.increments(N2, N3))).isEqualTo(numbers(2, 1));

        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.isInDoubt(N1)).isTrue();

        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(A_WHILE);
        assertThat(rig.read(N1)).isEqualTo(text("1"));
    }

    private static TwoPhaseCommitConfig remembering(TwoPhaseCommitConfig config, int outcomes) {
        return new TwoPhaseCommitConfig(
                config.protocol(),
                config.locking(),
                config.termination(),
                config.lockTimeout(),
                config.resendAfter(),
                config.patience(),
                config.tokens(),
                outcomes,
                config.compactAbove());
    }

    @ParameterizedTest
    @CsvSource({
        "BASIC, COORDINATOR", "PRESUMED_ABORT, COORDINATOR", "PRESUMED_COMMIT, COORDINATOR",
        "BASIC, COOPERATIVE", "PRESUMED_ABORT, COOPERATIVE", "PRESUMED_COMMIT, COOPERATIVE"
    })
    @Tag("hard-case-47")
    void whereAllHaveVotedYesAndNobodyKnowsAllWaitForTenMinutesAndNobodyDecides(
            Protocol protocol, Termination termination) {
        var rig = rig(protocol, termination);
        rig.mesh.onlyIf((to, message) -> !(message instanceof Vote));
        var request = rig.ask(C, rig.increments(N1, N2));
        rig.mesh.onlyIf((to, message) -> !to.equals(C));

        rig.pass(Duration.ofMinutes(5), PARTICIPANTS);
        rig.mesh.crash(N1);
        rig.pass(Duration.ofMinutes(5), PARTICIPANTS);

        assertThat(rig.isInDoubt(N1) && rig.isInDoubt(N2)).isTrue();
        assertThat(List.of(rig.left(N1), rig.left(N2))).containsExactly(2, 2);
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(A_WHILE);
        assertThat(rig.answer(C, request)).contains(numbers(1, 1));
        assertThat(List.of(rig.read(N1), rig.read(N2))).containsOnly(text("1"));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whatIsInDoubtEndsAsItsOwnProtocolHasItWhateverTheConfigurationSaysByThen(Protocol next) {
        var rig = rig(Protocol.PRESUMED_COMMIT, Termination.COORDINATOR);
        rig.mesh.onlyIf((to, message) -> !(message instanceof Decision));
        assertThat(rig.run(C, rig.increments(N1, N2))).isEqualTo(numbers(1, 1));

        restartUnder(rig, next);

        assertThat(List.of(rig.read(N1), rig.read(N2))).containsOnly(text("1"));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whatWasAbortedWithoutARecordStaysAbortedWhateverTheConfigurationSaysByThen(Protocol next) {
        var rig = rig(Protocol.PRESUMED_ABORT, Termination.COORDINATOR);
        rig.mesh.onlyIf(
                (to, message) -> !(message instanceof Prepare && to.equals(N2)) && !(message instanceof Decision));
        rig.ask(C, rig.increments(N1, N2));
        assertThat(rig.isInDoubt(N1)).isTrue();
        rig.mesh.crash(N2);

        restartUnder(rig, next);

        assertThat(List.of(rig.read(N1), rig.read(N2))).containsOnly(ABSENT);
        assertThat(rig.left(N1)).isZero();
    }

    private static void restartUnder(Rig rig, Protocol next) {
        rig.configure(Rig.config(next));
        rig.all().forEach(rig.mesh::crash);
        rig.mesh.onlyIf((to, message) -> !(message instanceof Consultation));
        rig.pass(A_WHILE);
    }
}
