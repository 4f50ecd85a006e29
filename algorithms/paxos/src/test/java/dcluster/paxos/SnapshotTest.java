package dcluster.paxos;

import static dcluster.paxos.Alone.N1;
import static dcluster.paxos.Alone.N3;
import static dcluster.paxos.Alone.SELF;
import static dcluster.paxos.Alone.accept;
import static dcluster.paxos.Alone.heartbeat;
import static dcluster.paxos.Configs.DEFAULT;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.paxos.PaxosMessage.InstallSnapshot;
import dcluster.paxos.PaxosMessage.Learn;
import dcluster.paxos.PaxosMessage.Learned;
import dcluster.paxos.PaxosMessage.SnapshotReply;
import dcluster.toolkit.StateMachine;
import dcluster.toolkit.StoreChunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Snapshots, piece by piece: what their receiver takes, and what their sender sends. */
class SnapshotTest {
    private static final int SLOT = 12;
    private static final SnapshotId SNAPSHOT = new SnapshotId(SLOT, N1, 1, 1);

    private final StateMachine state = state();
    private final List<StoreChunk> chunks = chunks(state);

    /** That of twelve instances. */
    private static StateMachine state() {
        var state = new StateMachine(Configs.SESSIONS);
        state.applyThrough(
                SLOT, slot -> Single.put("key " + slot, "x".repeat(40)).command(), (slot, command, outcome) -> {});
        return state;
    }

    private static List<StoreChunk> chunks(StateMachine state) {
        var chunks = new ArrayList<StoreChunk>();
        state.freeze().chunks(200).forEachRemaining(chunks::add);
        assertThat(chunks).hasSizeGreaterThan(2);
        return chunks;
    }

    private InstallSnapshot piece(SnapshotId snapshot, int number) {
        return new InstallSnapshot(snapshot, number, number == chunks.size() - 1, chunks.get(number));
    }

    private void receive(Alone replica, SnapshotId snapshot, int from) {
        for (int number = from; number < chunks.size(); number++) {
            replica.receive(N1, piece(snapshot, number));
        }
    }

    // Receiving

    @Test
    void aWholeSnapshotIsInstalled() {
        var replica = Alone.of(3, DEFAULT);
        receive(replica, SNAPSHOT, 0);
        assertThat(replica.paxos.machine().applied()).isEqualTo(SLOT);
        assertThat(replica.paxos.machine().hash()).isEqualTo(state.hash());
        assertThat(replica.chosen()).isEqualTo(SLOT);
    }

    @Test
    void aPieceIsAcknowledgedWhenItIsDurable() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, piece(SNAPSHOT, 0));
        assertThat(replica.sent(N1)).isEmpty();
        replica.durable();
        assertThat(replica.sent(N1)).containsExactly(new SnapshotReply(SNAPSHOT, 1));
    }

    @Test
    void aPieceThatComesTooEarlyIsNotTaken() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, piece(SNAPSHOT, 1));
        replica.durable();
        assertThat(replica.sent(N1)).containsExactly(new SnapshotReply(SNAPSHOT, 0));
        receive(replica, SNAPSHOT, 0);
        assertThat(replica.paxos.machine().hash()).isEqualTo(state.hash());
    }

    @Test
    void aPieceThatComesTwiceIsTakenOnce() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, piece(SNAPSHOT, 0));
        receive(replica, SNAPSHOT, 0);
        receive(replica, SNAPSHOT, 0);
        assertThat(replica.paxos.machine().hash()).isEqualTo(state.hash());
        assertThat(replica.context.records()).hasSize(chunks.size() + 1);
    }

    /** Two renderings of the same state may be cut differently. */
    @Test
    void piecesOfAnotherSnapshotAreNotMixedIn() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, piece(SNAPSHOT, 0));
        var other = new SnapshotId(SLOT, N3, 1, 1);
        replica.receive(N3, piece(other, 1));
        assertThat(replica.chosen()).isZero();
        replica.receive(N3, piece(other, 0));
        receive(replica, SNAPSHOT, 1);
        assertThat(replica.chosen()).isZero();
        receive(replica, other, 1);
        assertThat(replica.chosen()).isEqualTo(SLOT);
    }

    @Test
    @Tag("hard-case-22")
    void whatWasReceivedOutlivesACrash() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, piece(SNAPSHOT, 0));
        replica.durable();
        replica.restart();
        receive(replica, SNAPSHOT, 1);
        assertThat(replica.paxos.machine().hash()).isEqualTo(state.hash());
        replica.durable();
        replica.restart();
        assertThat(replica.paxos.machine().hash()).isEqualTo(state.hash());
    }

    /** A snapshot of what is known already is acknowledged, so that its sender may end. */
    @Test
    void aSnapshotThatIsBehindChangesNothing() {
        var replica = Alone.of(3, DEFAULT);
        receive(replica, SNAPSHOT, 0);
        var older = new SnapshotId(SLOT, N3, 1, 1);
        replica.context.clear();
        replica.receive(N3, piece(older, 0));
        replica.durable();
        assertThat(replica.sent(N3)).containsExactly(new SnapshotReply(older, 1));
        assertThat(replica.context.records()).hasSize(chunks.size() + 1);
    }

    /** What it has accepted after the snapshot stays; what is covered by it is gone. */
    @Test
    void anAcceptorKeepsItsVowsBeyondTheSnapshot() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, accept(ballot(1, "n1"), SLOT, 0, Single.A, Single.B));
        receive(replica, SNAPSHOT, 0);
        assertThat(replica.ballot()).isEqualTo(ballot(1, "n1"));
        assertThat(replica.vows().acceptedFrom(1)).containsExactly(Alone.placed(SLOT + 1, ballot(1, "n1"), Single.B));
        replica.receive(N1, heartbeat(ballot(1, "n1"), SLOT + 1));
        assertThat(replica.paxos.machine().applied()).isEqualTo(SLOT + 1);
    }

    // Sending

    /** One that keeps nothing of what it has applied up to that slot. */
    private Alone teacher() {
        var teacher = Alone.of(3, Configs.small(4));
        receive(teacher, SNAPSHOT, 0);
        teacher.durable();
        teacher.context.clear();
        return teacher;
    }

    @Test
    void aLearnerThatLacksWhatIsGoneIsSentASnapshotWithinAWindow() {
        var teacher = teacher();
        teacher.receive(N3, new Learn(1));
        teacher.durable();
        var first = teacher.sent(N3, InstallSnapshot.class);
        assertThat(first).isNotEmpty().allMatch(piece -> piece.snapshot().equals(new SnapshotId(SLOT, SELF, 1, 1)));
        assertThat(first).noneMatch(InstallSnapshot::last);
        for (int received = 1; !last(teacher).last(); received++) {
            teacher.receive(N3, new SnapshotReply(last(teacher).snapshot(), received));
        }
        var whole = new DurableState(Configs.SESSIONS);
        for (var piece : teacher.sent(N3, InstallSnapshot.class)) {
            whole.replay(new PaxosRecord.Chunk(piece.snapshot(), piece.number(), piece.chunk()));
        }
        whole.replay(new PaxosRecord.Installed(last(teacher).snapshot()));
        assertThat(whole.machine().hash()).isEqualTo(state.hash());
    }

    private static InstallSnapshot last(Alone teacher) {
        var sent = teacher.sent(N3, InstallSnapshot.class);
        return sent.get(sent.size() - 1);
    }

    @Test
    void aLearnerThatAsksAgainIsSentAgainWhatItHasNotAcknowledged() {
        var teacher = teacher();
        teacher.receive(N3, new Learn(1));
        teacher.receive(N3, new SnapshotReply(last(teacher).snapshot(), 1));
        teacher.context.clear();
        teacher.receive(N3, new Learn(1));
        assertThat(teacher.sent(N3, InstallSnapshot.class).get(0).number()).isEqualTo(1);
    }

    /** It is another life of it, on another disk: what it acknowledged cannot be built on. */
    @Test
    void aLearnerThatDeniesWhatItAcknowledgedIsSentAnotherSnapshot() {
        var teacher = teacher();
        teacher.receive(N3, new Learn(1));
        var snapshot = last(teacher).snapshot();
        teacher.receive(N3, new SnapshotReply(snapshot, 1));
        // A late answer denies it, too, so that it counts only after pieces were sent again.
        teacher.receive(N3, new Learn(1));
        teacher.receive(N3, new SnapshotReply(snapshot, 0));
        teacher.context.clear();
        teacher.receive(N3, new Learn(1));
        assertThat(teacher.sent(N3, InstallSnapshot.class).get(0))
                .satisfies(piece -> assertThat(piece.number()).isZero())
                .satisfies(piece -> assertThat(piece.snapshot()).isNotEqualTo(snapshot));
    }

    /** While it installed the snapshot, more was applied than is kept. */
    @Test
    void aLearnerThatHasInstalledItsSnapshotIsSentAnotherIfWhatFollowsIsGone() {
        var teacher = teacher();
        teacher.receive(N3, new Learn(1));
        var snapshot = last(teacher).snapshot();
        for (int received = 1; !last(teacher).last(); received++) {
            teacher.receive(N3, new SnapshotReply(snapshot, received));
        }
        for (long slot = SLOT + 1; slot <= SLOT + 50; slot++) {
            teacher.receive(N1, new Learned(slot, List.of(Single.A), slot, true));
        }
        teacher.context.clear();
        teacher.receive(N3, new Learn(SLOT + 1));
        teacher.durable();
        assertThat(teacher.sent(N3, InstallSnapshot.class).get(0))
                .satisfies(piece -> assertThat(piece.number()).isZero())
                .satisfies(piece -> assertThat(piece.snapshot().slot()).isEqualTo(SLOT + 50));
    }

    @Test
    void aLearnerThatIsSilentForLongIsGivenUp() {
        var teacher = teacher();
        teacher.receive(N3, new Learn(1));
        for (int i = 0; i < 30; i++) {
            teacher.receive(N1, heartbeat(ballot(1, "n1"), SLOT));
            teacher.advanceMillis(390);
        }
        assertThat(teacher.context.timers()).doesNotContainKey(PaxosTimer.SHIPMENT);
    }

    @Test
    void aLearnerThatLacksWhatIsKeptIsToldValues() {
        var teacher = teacher();
        teacher.receive(N1, new Learned(SLOT + 1, List.of(Single.A), SLOT + 1, true));
        teacher.receive(N3, new Learn(SLOT + 1));
        assertThat(teacher.sent(N3)).containsExactly(new Learned(SLOT + 1, List.of(Single.A), SLOT + 1, true));
    }
}
