package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.PAPER;
import static dcluster.raft.Alone.SELF;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.get;
import static dcluster.raft.Alone.noOps;
import static dcluster.raft.Alone.requestVote;
import static dcluster.raft.Alone.voted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendRejected;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.raft.RaftMessage.PreVoteReply;
import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.SnapshotReply;
import dcluster.raft.RaftMessage.StaleTerm;
import dcluster.spi.Response;
import dcluster.toolkit.StoreChunk;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that section 5.1 of the Raft paper states: terms. */
@Tag("raft-5.1")
class BasicsPaperTest {
    private static final SnapshotId SNAPSHOT = new SnapshotId(5, 1, 9, 1);

    static Stream<RaftMessage> messagesOfTerm9() {
        return Stream.of(
                new PreVoteReply(9, false),
                requestVote(9, 0, 0),
                voted(9, false),
                append(9, 0, 0, 0),
                agreed(9, 1),
                new AppendRejected(9, 1, 0, 1),
                new Heartbeat(9, 0, 1),
                new HeartbeatReply(9, 1),
                new InstallSnapshot(9, SNAPSHOT, 0, false, new StoreChunk(0, List.of())),
                new SnapshotReply(9, SNAPSHOT, 0),
                new StaleTerm(9));
    }

    @Test
    void followersSendNothingOfTheirOwnAccord() {
        var follower = Alone.follower(3, PAPER, 1, 1);
        follower.advanceMillis(149);
        assertThat(follower.context.sent()).isEmpty();
    }

    @Test
    void aFollowerSendsItsClientsToTheLeader() {
        var follower = Alone.follower(3, PAPER, 1, 1);
        var request = follower.request(get("a"));
        assertThat(follower.context.reply(request)).contains(new Response.Redirect(N1));
    }

    @Test
    void aFollowerThatKnowsNoLeaderRefusesDefinitely() {
        var alone = Alone.of(3, PAPER);
        var request = alone.request(get("a"));
        assertThat(alone.context.reply(request))
                .hasValueSatisfying(response -> assertThat(response)
                        .isInstanceOfSatisfying(
                                Response.Failed.class,
                                failed -> assertThat(failed.reason()).isEqualTo(Response.Reason.UNAVAILABLE)));
    }

    @Test
    void termsAreConsecutive() {
        var candidate = Alone.candidate(3, PAPER, 4, 1);
        assertThat(candidate.term()).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("messagesOfTerm9")
    void whoeverSeesALargerTermTakesIt(RaftMessage message) {
        var follower = Alone.follower(3, PAPER, 1, 1);
        follower.receive(N3, message);
        assertThat(follower.term()).isEqualTo(9);
    }

    @ParameterizedTest
    @MethodSource("messagesOfTerm9")
    void aCandidateThatIsOutOfDateRevertsToFollower(RaftMessage message) {
        var candidate = Alone.candidate(3, PAPER, 1, 1);
        candidate.receive(N3, message);
        assertThat(candidate.role()).isEqualTo(Role.FOLLOWER);
    }

    @ParameterizedTest
    @MethodSource("messagesOfTerm9")
    void aLeaderThatIsOutOfDateRevertsToFollower(RaftMessage message) {
        var leader = Alone.leader(3, PAPER, 1, 1);
        leader.receive(N3, message);
        assertThat(leader.role()).isEqualTo(Role.FOLLOWER);
    }

    static Stream<RaftMessage> requestsOfTerm3() {
        return Stream.of(
                append(3, 0, 0, 0, noOps(3)),
                new Heartbeat(3, 0, 1),
                new InstallSnapshot(3, SNAPSHOT, 0, true, new StoreChunk(0, List.of())));
    }

    @ParameterizedTest
    @MethodSource("requestsOfTerm3")
    void requestsOfAStaleLeaderAreRejected(RaftMessage stale) {
        var follower = Alone.follower(3, PAPER, 4, 1);
        int records = follower.context.records().size();
        follower.receive(N3, stale);
        assertThat(follower.sent(N3)).containsExactly(new StaleTerm(4));
        assertThat(follower.context.records()).hasSize(records);
    }

    @Test
    void requestsOfAStaleCandidateAreRejected() {
        var follower = Alone.follower(3, PAPER, 4, 1);
        follower.receive(N3, requestVote(3, 7, 3));
        assertThat(follower.sent(N3)).containsExactly(voted(4, false));
    }

    @Test
    void aTermNeverDecreases() {
        var follower = Alone.follower(3, PAPER, 4, 1);
        assertThatThrownBy(() -> follower.raft.replay(new RaftRecord.Term(3, Optional.empty())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("never decreases");
    }

    @Test
    void aVoteIsNeverTakenBack() {
        var candidate = Alone.candidate(3, PAPER, 0);
        assertThatThrownBy(() -> candidate.raft.replay(new RaftRecord.Term(1, Optional.of(N3))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Election Safety");
    }

    @Test
    void aCandidateAsksAgainIfThereIsNoAnswer() {
        var candidate = Alone.candidate(3, PAPER, 0);
        candidate.context.clear();
        candidate.timeOut();
        candidate.durable();
        assertThat(candidate.sent(N3, RequestVote.class)).isNotEmpty();
    }

    @Test
    void questionsGoToAllAtOnce() {
        var candidate = Alone.candidate(5, PAPER, 0);
        assertThat(candidate.context.sent())
                .extracting(sent -> sent.to())
                .containsExactlyElementsOf(candidate.context.members().others(SELF));
    }

    @Test
    void entriesGoToAllAtOnce() {
        var leader = Alone.leader(5, PAPER, 0);
        assertThat(leader.context.sent())
                .filteredOn(sent -> sent.message() instanceof AppendEntries)
                .extracting(sent -> sent.to())
                .containsExactlyElementsOf(leader.context.members().others(SELF));
    }
}
