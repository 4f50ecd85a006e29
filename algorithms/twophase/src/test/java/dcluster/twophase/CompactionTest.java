package dcluster.twophase;

import static dcluster.twophase.Rig.C;
import static dcluster.twophase.Rig.N1;
import static dcluster.twophase.Rig.N2;
import static dcluster.twophase.Rig.N3;
import static dcluster.twophase.Rig.numbers;
import static dcluster.twophase.Rig.text;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.twophase.TwoPhaseMessage.Decision;
import dcluster.twophase.TwoPhaseMessage.Vote;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** A journal that was rewritten makes the member that it belongs to. */
class CompactionTest {
    private static final long LARGE = 64 << 20;

    private final Rig rig = new Rig();

    /** Whatever a member journals next is so large that it rewrites its journal; then it is restarted from that. */
    private void rewriteAndRestart(NodeId node, Runnable journals) {
        rig.at(node).weighRecords(record -> LARGE);
        journals.run();
        rig.mesh.settle();
        rig.at(node).weighRecords(record -> 1);
        var before = rig.mesh.replica(node).durableState();
        int records = rig.at(node).records().size();
        rig.mesh.crash(node);
        assertThat(rig.mesh.replica(node).durableState()).isEqualTo(before);
        assertThat(records).as("records of a journal that was rewritten").isLessThan(8);
    }

    private void write(NodeId owner) {
        rig.run(owner, new Command.Put(rig.key(owner, 5), Bytes.utf8("v")));
    }

    private static int size(SortedMap<String, Object> state, String part) {
        return ((Collection<?>) Objects.requireNonNull(state.get(part))).size();
    }

    @Test
    void aParticipantRestoresItsKeysAndWhatItHasVotedOnAndWhatOperatorsDecided() {
        for (int i = 0; i < 10; i++) {
            write(N1);
            rig.run(C, rig.increments(N1, N2));
        }
        // One is found to be mixed, one is resolved and not confirmed, one is in doubt.
        resolveWhatIsLeftInDoubt(0, "abort");
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(Duration.ofSeconds(5));
        resolveWhatIsLeftInDoubt(1, "commit");
        leaveInDoubt(2);

        rewriteAndRestart(N1, () -> write(N1));

        var state = rig.mesh.replica(N1).durableState();
        assertThat(List.of("prepared", "unconfirmed", "contradicted"))
                .allSatisfy(part -> assertThat(size(state, part)).as(part).isEqualTo(1));
        assertThat(rig.participant(N1).shard().outcomes().count()).isEqualTo(11);
        assertThat(rig.participant(N1).admission().lockedKeys()).isEqualTo(1);
        assertThat(rig.read(N1)).isEqualTo(text("10"));
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.inDoubt(N1)).hasSize(1);
        assertThat(rig.left(N1)).isZero();
    }

    private void resolveWhatIsLeftInDoubt(int number, String decision) {
        leaveInDoubt(number);
        rig.operate(N1, "resolve", rig.inDoubt(N1).get(0).get(0), decision);
    }

    private void leaveInDoubt(int number) {
        rig.mesh.onlyIf((to, message) -> !(message instanceof Decision && to.equals(N1)));
        var transaction = new Command.Transaction(List.of(
                new Command.Increment(rig.key(N1, 1 + number), 1), new Command.Increment(rig.key(N2, 1 + number), 1)));
        assertThat(rig.run(C, transaction)).isEqualTo(numbers(1, 1));
    }

    @Test
    void aParticipantThatHasForgottenOutcomesStillKnowsHowFarBackItReaches() {
        for (int i = 0; i < 101; i++) {
            rig.run(C, rig.increments(N1, N2));
        }
        rewriteAndRestart(N1, () -> write(N1));
        var shard = rig.participant(N1).shard();
        int log = rig.coordinator().log().number().orElseThrow();
        assertThat(shard.everPrepared(new TransactionId(log, 1, 1))).isEmpty();
        assertThat(shard.everPrepared(new TransactionId(log, 1, 2))).contains(true);
        assertThat(shard.everPrepared(new TransactionId(log, 1, 102))).contains(false);
    }

    @Test
    void theCoordinatorRestoresItsNumberAndTheDecisionsThatNotAllHaveAcknowledged() {
        for (int i = 0; i < 10; i++) {
            rig.run(C, rig.increments(N1, N2));
        }
        var number = rig.coordinator().log().number();
        rig.mesh.onlyIf((to, message) -> !(message instanceof Decision && to.equals(N1)));

        rewriteAndRestart(C, () -> rig.run(C, rig.increments(N1, N3)));

        assertThat(rig.coordinator().log().number()).isEqualTo(number);
        assertThat(rig.coordinator().log().undelivered())
                .singleElement()
                .satisfies(decided -> assertThat(decided.commits()).isTrue());
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.read(N1)).isEqualTo(text("11"));
        assertThat(rig.coordinator().log().size()).isZero();
    }

    @Test
    void theCoordinatorRestoresWhomItHasAskedToPrepare() {
        rig.configure(Rig.config(Protocol.PRESUMED_COMMIT));
        rig.all().forEach(rig.mesh::crash);
        rig.mesh.onlyIf((to, message) -> !(message instanceof Vote));

        rewriteAndRestart(C, () -> rig.ask(C, rig.increments(N1, N2)));

        // It was not decided, and so it is an abort, which is not to be presumed.
        assertThat(rig.coordinator().log().undelivered())
                .singleElement()
                .satisfies(decided -> assertThat(decided.commits()).isFalse());
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.read(N1)).isEqualTo(Rig.ABSENT);
        assertThat(List.of(rig.left(N1), rig.left(N2), rig.left(C))).containsOnly(0);
    }
}
