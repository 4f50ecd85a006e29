package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.N4;
import static dcluster.raft.Alone.N5;
import static dcluster.raft.Alone.PAPER;
import static dcluster.raft.Alone.SELF;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.requestVote;
import static dcluster.raft.Alone.voted;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.PreVote;
import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.StaleTerm;
import dcluster.raft.RaftRecord.Term;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that section 5.2 of the Raft paper states: leader election. */
@Tag("raft-5.2")
class ElectionPaperTest {
    @Test
    void serversStartAsFollowers() {
        assertThat(Alone.of(3, PAPER).role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void serversStartAsFollowersAgainWhateverTheyWere() {
        var leader = Alone.leader(3, PAPER, 1, 1);
        leader.restart();
        assertThat(leader.role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void aFollowerRemainsOneWhileItHearsALeader() {
        var follower = Alone.follower(3, PAPER, 1, 1);
        for (int i = 0; i < 20; i++) {
            follower.advanceMillis(140);
            follower.receive(N1, new Heartbeat(1, 0, i));
        }
        assertThat(follower.role()).isEqualTo(Role.FOLLOWER);
    }

    /** The first node of a new cluster hurries, but somebody else may win. */
    @Test
    void whoHurriedInVainWaitsAsLongAsOthersOnceItHearsALeader() {
        var context = new RecordingContext<RaftMessage, RaftRecord, RaftTimer>(N1, Members.of(3), 7);
        context.attach(new Raft(Configs.DEFAULT, context));
        context.advance(Duration.ofMillis(20));
        context.receive(N3, append(1, 0, 0, 0));
        context.durable();
        context.clear();
        context.advance(Duration.ofMillis(149));
        assertThat(context.sent(N3, PreVote.class)).isEmpty();
        context.advance(Duration.ofMillis(151));
        assertThat(context.sent(N3, PreVote.class)).isNotEmpty();
    }

    @Test
    void aFollowerRemainsOneWhileItGivesVotes() {
        var follower = Alone.follower(3, PAPER, 1, 1);
        for (int i = 0; i < 20; i++) {
            follower.advanceMillis(140);
            follower.receive(N3, requestVote(2 + i, 1, 1));
        }
        assertThat(follower.role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void aRefusedCandidateDoesNotKeepAFollowerWaiting() {
        var follower = Alone.follower(3, PAPER, 5, 5);
        for (int i = 0; i < 4; i++) {
            follower.advanceMillis(75);
            follower.receive(N3, requestVote(4, 9, 4));
        }
        assertThat(follower.role()).isEqualTo(Role.CANDIDATE);
    }

    @Test
    void aLeaderSendsHeartbeatsToAllPeriodically() {
        var leader = Alone.leader(5, PAPER, 0);
        for (int i = 0; i < 10; i++) {
            leader.context.clear();
            leader.tick();
            assertThat(leader.context.sent()).hasSize(4).allMatch(sent -> sent.message() instanceof Heartbeat);
        }
    }

    @Test
    void aFollowerThatHearsNothingForAnElectionTimeoutStands() {
        var follower = Alone.follower(3, PAPER, 1, 1);
        follower.timeOut();
        assertThat(follower.role()).isEqualTo(Role.CANDIDATE);
    }

    @Test
    void aCandidateIncrementsItsTermAndVotesForItself() {
        var follower = Alone.follower(3, PAPER, 1, 1);
        follower.timeOut();
        assertThat(follower.context.records()).endsWith(new Term(2, Optional.of(SELF)));
    }

    @Test
    void aCandidateAsksAllOthersForTheirVotes() {
        var candidate = Alone.candidate(5, PAPER, 3, 1, 2);
        assertThat(candidate.context.sent())
                .hasSize(4)
                .allMatch(sent -> sent.message().equals(new RequestVote(4, 2, 2, false)));
    }

    @Test
    void aCandidateAsksOnlyWhenItsOwnVoteIsDurable() {
        var follower = Alone.follower(3, PAPER, 1, 1);
        follower.timeOut();
        assertThat(follower.context.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3,1", "4,2", "5,2", "7,3"})
    void aMajorityOfTheWholeClusterElects(int size, int votesBesideItsOwn) {
        var candidate = Alone.candidate(size, PAPER, 1, 1);
        var others = candidate.context.members().others(SELF);
        for (int i = 0; i < votesBesideItsOwn; i++) {
            assertThat(candidate.role()).isEqualTo(Role.CANDIDATE);
            candidate.receive(others.get(i), voted(2, true));
        }
        assertThat(candidate.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void itsOwnVoteCountsOnlyOnceItIsDurable() {
        var follower = Alone.follower(3, PAPER, 1, 1);
        follower.timeOut();
        follower.receive(N1, voted(2, true));
        assertThat(follower.role()).isEqualTo(Role.CANDIDATE);
        follower.durable();
        assertThat(follower.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void votesForAnotherTermAndRefusalsAndRepetitionsDoNotCount() {
        var candidate = Alone.candidate(5, PAPER, 2, 1);
        candidate.receive(N1, voted(2, true));
        candidate.receive(N3, voted(3, false));
        candidate.receive(N4, voted(3, true));
        candidate.receive(N4, voted(3, true));
        assertThat(candidate.role()).isEqualTo(Role.CANDIDATE);
        candidate.receive(N5, voted(3, true));
        assertThat(candidate.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void aServerVotesForOneCandidateATermWhoeverComesFirst() {
        var follower = Alone.follower(5, PAPER, 1, 1);
        follower.receive(N4, requestVote(2, 1, 1));
        follower.receive(N3, requestVote(2, 1, 1));
        follower.receive(N4, requestVote(2, 1, 1));
        follower.durable();
        assertThat(follower.sent(N4)).containsExactly(voted(2, true), voted(2, true));
        assertThat(follower.sent(N3)).containsExactly(voted(2, false));
    }

    @Test
    @Tag("hard-case-1")
    void aVoteOutlivesACrash() {
        var follower = Alone.follower(5, PAPER, 1, 1);
        follower.receive(N4, requestVote(2, 1, 1));
        follower.durable();
        follower.restart();
        follower.receive(N3, requestVote(2, 1, 1));
        assertThat(follower.sent(N3)).containsExactly(voted(2, false, 2));
    }

    @Test
    @Tag("hard-case-1")
    void aVoteLeavesOnlyWhenItIsDurable() {
        var follower = Alone.follower(5, PAPER, 1, 1);
        follower.receive(N4, requestVote(2, 1, 1));
        assertThat(follower.sent(N4)).isEmpty();
        follower.durable();
        assertThat(follower.sent(N4)).containsExactly(voted(2, true));
    }

    @Test
    void theWinnerTellsAllOthersAtOnce() {
        var leader = Alone.leader(5, PAPER, 1, 1);
        assertThat(leader.context.sent())
                .hasSize(4)
                .allMatch(sent -> sent.message() instanceof AppendEntries append && append.term() == 2);
    }

    @ParameterizedTest
    @CsvSource({"2", "3"})
    void aCandidateFollowsALeaderOfItsTermOrALaterOne(long term) {
        var candidate = Alone.candidate(3, PAPER, 1, 1);
        candidate.receive(N3, append(term, 1, 1, 0));
        assertThat(candidate.role()).isEqualTo(Role.FOLLOWER);
        assertThat(candidate.raft.status().leader()).contains(N3);
    }

    @Test
    void aCandidateRejectsALeaderOfAnEarlierTerm() {
        var candidate = Alone.candidate(3, PAPER, 1, 1);
        candidate.context.clear();
        candidate.receive(N1, append(1, 1, 1, 0));
        assertThat(candidate.sent(N1)).containsExactly(new StaleTerm(2));
        assertThat(candidate.role()).isEqualTo(Role.CANDIDATE);
    }

    @Test
    void aCandidateWithoutAWinnerStandsAgainInTheNextTerm() {
        var candidate = Alone.candidate(3, PAPER, 1, 1);
        candidate.context.clear();
        candidate.receive(N1, voted(2, false));
        candidate.context.advance(candidate.remaining(RaftTimer.ELECTION));
        candidate.durable();
        assertThat(candidate.sent(N1, RequestVote.class)).containsExactly(new RequestVote(3, 1, 1, false));
    }

    @Test
    void electionTimeoutsAreDrawnFromTheInterval() {
        var timeouts = new HashSet<Duration>();
        var candidate = Alone.candidate(3, PAPER, 1, 1);
        for (int i = 0; i < 100; i++) {
            var timeout = candidate.remaining(RaftTimer.ELECTION);
            assertThat(timeout)
                    .isBetween(
                            PAPER.electionTimeout().least(),
                            PAPER.electionTimeout().most());
            timeouts.add(timeout);
            candidate.context.advance(timeout);
        }
        assertThat(timeouts).hasSizeGreaterThan(90);
    }

    @Test
    void aCandidateRestartsItsTimeoutWhenItStands() {
        var follower = Alone.follower(3, PAPER, 1, 1);
        follower.context.advance(follower.remaining(RaftTimer.ELECTION));
        assertThat(follower.role()).isEqualTo(Role.CANDIDATE);
        assertThat(follower.remaining(RaftTimer.ELECTION))
                .isBetween(
                        PAPER.electionTimeout().least(), PAPER.electionTimeout().most());
    }

    @Test
    void aLeaderHasNoElectionTimeout() {
        var leader = Alone.leader(3, PAPER, 1, 1);
        assertThat(leader.context.timers()).doesNotContainKey(RaftTimer.ELECTION);
    }
}
