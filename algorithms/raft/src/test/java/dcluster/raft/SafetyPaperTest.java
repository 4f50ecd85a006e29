package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.N4;
import static dcluster.raft.Alone.PAPER;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.noOps;
import static dcluster.raft.Alone.put;
import static dcluster.raft.Alone.requestVote;
import static dcluster.raft.Alone.voted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.VoteReply;
import dcluster.spi.DurationRange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that sections 5.4 to 5.6 of the Raft paper state: safety, crashes, timing. */
class SafetyPaperTest {
    /** The voter's log is 1, 2, 2. */
    @ParameterizedTest
    @CsvSource({"3,2,true", "4,2,true", "1,3,true", "2,2,false", "9,1,false", "0,0,false"})
    @Tag("raft-5.4.1")
    void aVoteIsDeniedToAnOlderLog(long lastIndex, long lastTerm, boolean granted) {
        var follower = Alone.follower(3, PAPER, 3, 1, 2, 2);
        follower.receive(N3, requestVote(4, lastIndex, lastTerm));
        follower.durable();
        assertThat(follower.sent(N3)).containsExactly(voted(4, granted));
    }

    @Test
    @Tag("raft-5.4.1")
    void aDeniedVoteIsStillFree() {
        var follower = Alone.follower(3, PAPER, 3, 1, 2, 2);
        follower.receive(N3, requestVote(4, 0, 0));
        follower.receive(N1, requestVote(4, 3, 2));
        follower.durable();
        assertThat(follower.sent(N1)).containsExactly(voted(4, true));
    }

    @Test
    @Tag("raft-5.4.2")
    @Tag("hard-case-7")
    void entriesOfEarlierTermsAreNotCommittedByCounting() {
        var leader = Alone.leader(5, PAPER, 3, 1, 2, 2);
        leader.receive(N1, agreed(4, 3));
        leader.receive(N3, agreed(4, 3));
        leader.receive(N4, agreed(4, 3));
        assertThat(leader.commit()).isZero();
    }

    @Test
    @Tag("raft-5.4.2")
    void entriesOfTheLeadersTermAreCommittedByCountingAndThoseBeforeWithThem() {
        var leader = Alone.leader(5, PAPER, 3, 1, 2, 2);
        leader.receive(N1, agreed(4, 4));
        assertThat(leader.commit()).isZero();
        leader.receive(N3, agreed(4, 4));
        assertThat(leader.commit()).isEqualTo(4);
    }

    @Test
    @Tag("raft-5.4.3")
    void aCommittedEntryIsNeverOverwritten() {
        var follower = Alone.follower(3, PAPER, 3, 1, 2, 2);
        follower.receive(N1, append(3, 3, 2, 2));
        assertThatThrownBy(() -> follower.receive(N1, append(3, 1, 1, 2, noOps(3))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Leader Completeness");
    }

    @Test
    @Tag("raft-5.4.3")
    void anAppliedEntryIsNeverOverwrittenByTheJournalEither() {
        var follower = Alone.follower(3, PAPER, 3, 1, 2, 2);
        follower.receive(N1, append(3, 3, 2, 2));
        assertThatThrownBy(() -> follower.raft.replay(new RaftRecord.Append(2, List.of(noOps(3)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("State Machine Safety");
    }

    @Test
    @Tag("raft-5.4.3")
    void whatIsCommittedMustBeInTheLog() {
        var follower = Alone.follower(3, PAPER, 3, 1, 2, 2);
        assertThatThrownBy(() -> follower.receive(N1, new Heartbeat(3, 4, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Leader Completeness");
    }

    @Test
    @Tag("raft-5.4")
    void twoLeadersOfOneTermAreFound() {
        var follower = Alone.follower(3, PAPER, 3, 1);
        assertThatThrownBy(() -> follower.receive(N3, new Heartbeat(3, 0, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Election Safety");
    }

    @Test
    @Tag("raft-5.5")
    void aRepeatedRequestVoteIsAnsweredAlike() {
        var follower = Alone.follower(3, PAPER, 3, 1);
        follower.receive(N3, requestVote(4, 1, 1));
        follower.durable();
        int records = follower.context.records().size();
        follower.receive(N3, requestVote(4, 1, 1));
        assertThat(follower.sent(N3)).containsExactly(voted(4, true), voted(4, true));
        assertThat(follower.context.records()).hasSize(records);
    }

    @Test
    @Tag("raft-5.5")
    void repeatedEntriesAreIgnoredAndAcknowledged() {
        var follower = Alone.follower(3, PAPER, 3, 1, 3);
        int records = follower.context.records().size();
        follower.receive(N1, append(3, 1, 1, 0, noOps(3)));
        assertThat(follower.context.records()).hasSize(records);
        assertThat(follower.sent(N1)).containsExactly(agreed(3, 2));
    }

    @Test
    @Tag("raft-5.5")
    void aRestartedServerKnowsItsTermItsVoteAndItsLog() {
        var follower = Alone.follower(3, PAPER, 3, 1, 2, 3);
        follower.receive(N3, requestVote(4, 3, 3));
        follower.durable();
        follower.restart();
        assertThat(follower.term()).isEqualTo(4);
        assertThat(follower.raft.durable().vote()).isEqualTo(N3);
        assertThat(follower.logTerms()).containsExactly(1L, 2L, 3L);
    }

    @Test
    @Tag("raft-5.5")
    @Tag("hard-case-3")
    void aRestartedCandidateHasGivenItsVoteToItself() {
        var candidate = Alone.candidate(3, PAPER, 1, 1);
        assertThat(candidate.sent(N3, RequestVote.class)).hasSize(1);
        candidate.restart();
        candidate.receive(N3, requestVote(2, 1, 1));
        assertThat(candidate.sent(N3, VoteReply.class)).containsExactly(voted(2, false, 2));
    }

    @Test
    @Tag("raft-5.5")
    void whatACrashTakesBackWasNeverAcknowledged() {
        var follower = Alone.follower(3, PAPER, 3, 1);
        follower.receive(N1, append(3, 1, 1, 0, put(3, "a", "1")));
        follower.restart();
        assertThat(follower.sent(N1)).isEmpty();
        assertThat(follower.logTerms()).containsExactly(1L);
    }

    @Test
    @Tag("raft-5.6")
    void heartbeatsMustFitIntoTheElectionTimeout() {
        assertThatThrownBy(() -> new RaftConfig(
                        new DurationRange(Duration.ofMillis(150), Duration.ofMillis(300)),
                        Duration.ofMillis(76),
                        true,
                        true,
                        RaftConfig.ReadPath.READ_INDEX,
                        PAPER.batch(),
                        PAPER.pipeline(),
                        PAPER.inFlight(),
                        PAPER.snapshotEvery(),
                        PAPER.sessions()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heartbeat-interval");
    }
}
