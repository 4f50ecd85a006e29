package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.N4;
import static dcluster.raft.Alone.PAPER;
import static dcluster.raft.Alone.SELF;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.get;
import static dcluster.raft.Alone.noOps;
import static dcluster.raft.Alone.preVote;
import static dcluster.raft.Alone.requestVote;
import static dcluster.raft.Alone.voted;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.Recover;
import dcluster.raft.RaftMessage.RecoverReply;
import dcluster.raft.RaftMessage.VoteReply;
import dcluster.raft.RaftRecord.Mark;
import dcluster.raft.RaftRecord.Recovered;
import dcluster.spi.Response;
import dcluster.spi.Status;
import dcluster.toolkit.Inquiry.Nonce;
import dcluster.toolkit.Marks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wiped replica, and those that it asks. */
class RecoveryTest {
    private static final Nonce FIRST = new Nonce(2, 1);
    private static final Marks MARKED = Marks.NONE.with(SELF, 2);

    /** Wiped, in a cluster of three; it was in term 4 once. */
    private static Alone wiped() {
        var alone = Alone.follower(3, PAPER, 4, 1, 4);
        alone.wipe();
        return alone;
    }

    private static RecoverReply leads(Nonce nonce, long term, long lastIndex) {
        return new RecoverReply(term, nonce, 1, true, lastIndex, MARKED);
    }

    private static RecoverReply follows(Nonce nonce, long term) {
        return new RecoverReply(term, nonce, 1, false, 2, MARKED);
    }

    /** Both others have answered, n1 leads term 4 with two entries, and has sent them. */
    private static Alone fed() {
        var alone = wiped();
        alone.receive(N1, leads(FIRST, 4, 2));
        alone.receive(N3, follows(FIRST, 4));
        alone.receive(N1, append(4, 0, 0, 2, noOps(1, 4)));
        return alone;
    }

    // The one that was wiped

    @Test
    void itAsksAllOthersAgainAndAgainAndWaitsForNoLeader() {
        var alone = wiped();
        assertThat(alone.raft.status().role()).isEqualTo(Status.RECOVERING);
        for (var other : List.of(N1, N3)) {
            assertThat(alone.sent(other)).containsExactly(new Recover(0, FIRST));
        }
        assertThat(alone.context.timers()).containsOnlyKeys(RaftTimer.RECOVERY);
        alone.context.clear();
        alone.tick();
        assertThat(alone.sent(N3)).containsExactly(new Recover(0, FIRST));
    }

    @Test
    void itNeitherVotesNorPromisesTo() {
        var alone = wiped();
        alone.context.clear();
        alone.receive(N1, preVote(9, 9, 8));
        alone.receive(N1, requestVote(9, 9, 8));
        alone.durable();
        assertThat(alone.context.sent()).isEmpty();
        assertThat(alone.context.records()).isEmpty();
        for (int timeouts = 0; timeouts < 5; timeouts++) {
            alone.timeOut();
        }
        assertThat(alone.role()).isEqualTo(Role.RECOVERING);
        assertThat(alone.sent(N1)).hasOnlyElementsOfType(Recover.class);
    }

    @Test
    void itDoesNotAnswerAnotherThatRecovers() {
        var alone = wiped();
        alone.context.clear();
        alone.receive(N3, new Recover(0, new Nonce(5, 1)));
        alone.durable();
        assertThat(alone.context.sent()).isEmpty();
        assertThat(alone.raft.durable().marks()).isEqualTo(Marks.NONE);
    }

    @Test
    void whatItIsFedDoesNotCountAndItsWordOnLeadershipIsNotHeard() {
        var alone = wiped();
        alone.context.clear();
        alone.receive(N1, append(4, 0, 0, 0, noOps(1, 4)));
        alone.receive(N1, new Heartbeat(4, 2, 7));
        alone.durable();
        assertThat(alone.sent(N1)).containsExactly(new AppendReply(4, 2, 2, false));
    }

    /** A leader says so of what the node held when it was not wiped yet. */
    @Test
    void aHeartbeatThatSpeaksOfALogWhichIsLostCommitsNothing() {
        var alone = wiped();
        alone.receive(N1, new Heartbeat(4, 2, 7));
        assertThat(alone.commit()).isZero();
        alone.receive(N1, append(4, 0, 0, 1, noOps(1, 4)));
        alone.receive(N1, new Heartbeat(4, 2, 7));
        assertThat(alone.commit()).isEqualTo(2);
    }

    @Test
    void clientsAreSentToTheLeaderIfOneIsKnown() {
        var alone = wiped();
        var early = alone.request(get("a"));
        assertThat(alone.context.reply(early)).containsInstanceOf(Response.Failed.class);
        alone.receive(N1, append(4, 0, 0, 0, noOps(1)));
        var late = alone.request(get("a"));
        assertThat(alone.context.reply(late)).contains(new Response.Redirect(N1));
    }

    @Test
    void onceItHoldsWhatTheLeaderHeldAndThatIsDurableItFollows() {
        var alone = fed();
        assertThat(alone.context.records()).endsWith(new Recovered(4, SELF, MARKED));
        assertThat(alone.role()).as("that is not durable yet").isEqualTo(Role.RECOVERING);
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
        assertThat(alone.context.timers()).containsOnlyKeys(RaftTimer.ELECTION);
        alone.context.clear();
        alone.receive(N1, append(4, 2, 4, 2, noOps(4)));
        alone.durable();
        assertThat(alone.sent(N1, AppendReply.class)).containsExactly(new AppendReply(4, 3, 2, true));
    }

    @Test
    void itsVoteInTheTermThatItRecoversInIsSpentAndInALaterOneItIsFree() {
        var alone = fed();
        alone.durable();
        alone.receive(N3, requestVote(4, 9, 4));
        alone.receive(N3, requestVote(5, 9, 4));
        alone.durable();
        assertThat(alone.sent(N3, VoteReply.class))
                .containsExactly(new VoteReply(4, false, 2, MARKED), new VoteReply(5, true, 2, MARKED));
    }

    @Test
    void itDoesNotRecoverBeforeAMajorityWithoutItselfHasAnswered() {
        var alone = wiped();
        alone.receive(N1, leads(FIRST, 4, 2));
        alone.receive(N1, append(4, 0, 0, 2, noOps(1, 4)));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.RECOVERING);
    }

    @Test
    void itDoesNotRecoverOnPartOfWhatTheLeaderHeldHoweverOldTheMessagesAreThatBringIt() {
        var alone = wiped();
        alone.receive(N1, append(4, 0, 0, 2, noOps(1, 4)));
        alone.receive(N1, leads(FIRST, 4, 3));
        alone.receive(N3, follows(FIRST, 4));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.RECOVERING);
        alone.receive(N1, append(4, 2, 4, 2, noOps(4)));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void ifNobodyLeadsTheGreatestTermItAsksAnew() {
        var alone = wiped();
        alone.receive(N1, leads(FIRST, 4, 2));
        alone.receive(N3, follows(FIRST, 5));
        alone.receive(N1, append(4, 0, 0, 2, noOps(1, 4)));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.RECOVERING);
        alone.context.clear();
        alone.tick();
        assertThat(alone.sent(N1)).containsExactly(new Recover(4, new Nonce(2, 2)));
    }

    @Test
    void ifAnotherLeadsALaterTermByThenItAsksAnew() {
        var alone = wiped();
        alone.receive(N1, leads(FIRST, 4, 2));
        alone.receive(N3, follows(FIRST, 4));
        alone.receive(N3, append(6, 0, 0, 0, noOps(1, 4, 6)));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.RECOVERING);
        alone.context.clear();
        alone.tick();
        var again = new Nonce(2, 2);
        assertThat(alone.sent(N1)).containsExactly(new Recover(6, again));
        alone.receive(N1, follows(again, 6));
        alone.receive(N3, leads(again, 6, 3));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void aCrashWhileItRecoversLeavesItRecoveringAndWithWhatItWasFed() {
        var alone = fed();
        alone.context.durable(2);
        alone.restart();
        assertThat(alone.role()).isEqualTo(Role.RECOVERING);
        assertThat(alone.logTerms()).containsExactly(1L, 4L);
        var again = new Nonce(3, 1);
        assertThat(alone.lastSent(N3, Recover.class)).isEqualTo(new Recover(4, again));
        alone.receive(N1, leads(again, 4, 2));
        alone.receive(N3, follows(again, 4));
        alone.receive(N1, append(4, 2, 4, 2));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
        alone.restart();
        assertThat(alone.role()).as("that is not forgotten").isEqualTo(Role.FOLLOWER);
    }

    @Test
    void whoeverIsWipedAgainWhileItRecoversTakesNoAnswerToWhatItAskedBefore() {
        var alone = wiped();
        alone.receive(N1, leads(FIRST, 4, 2));
        alone.wipe();
        alone.receive(N3, follows(FIRST, 4));
        alone.receive(N1, leads(FIRST, 4, 2));
        alone.receive(N1, append(4, 0, 0, 2, noOps(1, 4)));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.RECOVERING);
    }

    // Those that it asks

    @Test
    void whoIsAskedMarksTheOtherAndAnswersOnceThatIsDurable() {
        var alone = Alone.follower(3, PAPER, 4, 1, 4);
        var question = new Recover(0, new Nonce(7, 1));
        alone.receive(N3, question);
        alone.receive(N3, question);
        assertThat(alone.context.sent()).isEmpty();
        assertThat(alone.context.records()).endsWith(new Mark(N3, 7));
        alone.durable();
        var marks = Marks.NONE.with(N3, 7);
        var answer = new RecoverReply(4, question.nonce(), 1, false, 2, marks);
        assertThat(alone.sent(N3)).containsExactly(answer, answer);
        alone.receive(N3, new Recover(0, new Nonce(6, 3)));
        assertThat(alone.sent(N3)).as("nothing for an earlier incarnation").hasSize(2);
        alone.restart();
        assertThat(alone.raft.durable().marks()).isEqualTo(marks);
    }

    @Test
    void aVoteDoesNotCountBesideThatOfAVoterWhoKnowsThatItsVoterWasWipedSince() {
        var candidate = Alone.candidate(5, PAPER, 1, 1);
        candidate.receive(N3, voted(2, true));
        candidate.receive(N4, new VoteReply(2, true, 1, Marks.NONE.with(N3, 2)));
        assertThat(candidate.role()).isEqualTo(Role.CANDIDATE);
        candidate.receive(N1, voted(2, true));
        assertThat(candidate.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void aVoterTellsItsMarks() {
        var alone = Alone.follower(3, PAPER, 4, 1, 4);
        alone.receive(N3, new Recover(0, new Nonce(7, 1)));
        alone.receive(N1, requestVote(5, 2, 4));
        alone.durable();
        assertThat(alone.lastSent(N1, VoteReply.class)).isEqualTo(new VoteReply(5, true, 1, Marks.NONE.with(N3, 7)));
    }

    @Test
    void aLeaderFeedsAWipedFollowerFromTheBeginningAndCountsItNoSoonerThanItSaysSo() {
        var leader = Alone.leader(3, PAPER, 1, 1);
        leader.receive(N3, Alone.agreed(2, 2));
        assertThat(leader.commit()).isEqualTo(2);
        leader.request(Alone.put("a", "1"));
        leader.durable();
        leader.context.clear();

        leader.receive(N3, new Recover(0, new Nonce(7, 1)));
        leader.durable();
        assertThat(leader.sent(N3, RecoverReply.class))
                .containsExactly(new RecoverReply(2, new Nonce(7, 1), 1, true, 3, Marks.NONE.with(N3, 7)));
        leader.receive(N3, new RaftMessage.AppendRejected(2, 3, 0, 1));
        assertThat(leader.lastSent(N3, AppendEntries.class).previousIndex()).isZero();
        leader.receive(N3, new AppendReply(2, 3, 7, false));
        assertThat(leader.commit()).as("it recovers").isEqualTo(2);
        leader.receive(N3, new AppendReply(2, 3, 7, true));
        assertThat(leader.commit()).isEqualTo(3);
    }

    @Test
    void anAcknowledgementFromBeforeTheWipeSaysNothingAnyMore() {
        var leader = Alone.leader(3, PAPER, 1, 1);
        leader.receive(N3, new Recover(0, new Nonce(7, 1)));
        leader.receive(N3, new AppendReply(2, 2, 6, true));
        assertThat(leader.commit()).isZero();
        leader.receive(N3, new AppendReply(2, 2, 7, true));
        assertThat(leader.commit()).isEqualTo(2);
    }

    /** It has no heartbeat's reply to show that it lives: what was lost on its way would never be sent again. */
    @Test
    void aFollowerThatAsksOnIsSentAgainWhatMayBeLost() {
        var leader = Alone.leader(3, PAPER, 1, 1);
        leader.receive(N3, new Recover(0, new Nonce(7, 1)));
        leader.tick();
        leader.advanceMillis(1);
        leader.context.clear();
        leader.receive(N3, new Recover(0, new Nonce(7, 1)));
        assertThat(leader.sent(N3, AppendEntries.class)).hasSize(1);
    }

    /** It answers no heartbeat and counts in no majority, so a leader that hears nobody else leads no more. */
    @Test
    void whoeverRecoversKeepsNoLeaderInOffice() {
        var leader = Alone.leader(3, Configs.DEFAULT, 1, 1);
        for (int i = 0; i < 7; i++) {
            leader.receive(N3, new Recover(2, new Nonce(7, 1)));
            leader.tick();
        }
        assertThat(leader.role()).isNotEqualTo(Role.LEADER);
    }

    @Test
    void marksAndTheRecoveryOutliveARewritingOfTheJournal() {
        var alone = fed();
        alone.durable();
        alone.receive(N3, new Recover(4, new Nonce(5, 1)));
        var state = new DurableState(1);
        StateRecords.of(alone.raft.durable(), 1000).forEachRemaining(state::replay);
        assertThat(state.marks()).isEqualTo(MARKED.with(N3, 5));
        assertThat(state.recovered()).isEqualTo(new Recovered(4, SELF, MARKED));
        assertThat(state.vote()).isEqualTo(SELF);
        assertThat(state.term()).isEqualTo(4);
    }

    @Test
    void aNodeThatWasNotWipedAsksNobody() {
        var alone = Alone.of(3, PAPER);
        alone.restart();
        assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
        assertThat(alone.context.sent()).isEmpty();
    }
}
