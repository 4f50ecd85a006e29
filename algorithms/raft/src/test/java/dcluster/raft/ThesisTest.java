package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.get;
import static dcluster.raft.Alone.preVote;
import static dcluster.raft.Alone.put;
import static dcluster.raft.Alone.requestVote;
import static dcluster.raft.Alone.voted;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftMessage.PreVote;
import dcluster.raft.RaftMessage.PreVoteReply;
import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.StaleTerm;
import dcluster.spi.Bytes;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Ongaro's thesis adds to the paper: pre-vote, check-quorum, reads without the log. */
class ThesisTest {
    private static final RaftConfig BOTH = Configs.DEFAULT;

    @Nested
    @Tag("raft-thesis-9.6")
    class PreVotes {
        @Test
        void aFollowerAsksBeforeItStandsAndItsTermStays() {
            var follower = Alone.follower(3, BOTH, 3, 1, 2);
            follower.timeOut();
            assertThat(follower.role()).isEqualTo(Role.PRE_CANDIDATE);
            assertThat(follower.term()).isEqualTo(3);
            assertThat(follower.sent(N1)).contains(new PreVote(4, 2, 2));
        }

        @Test
        void itStandsWhenAMajorityWouldVoteForIt() {
            var follower = Alone.follower(5, BOTH, 3, 1, 2);
            follower.timeOut();
            follower.receive(N1, new PreVoteReply(4, true));
            follower.receive(N1, new PreVoteReply(4, true));
            assertThat(follower.role()).isEqualTo(Role.PRE_CANDIDATE);
            follower.receive(N3, new PreVoteReply(4, true));
            follower.durable();
            assertThat(follower.role()).isEqualTo(Role.CANDIDATE);
            assertThat(follower.sent(N3)).contains(new RequestVote(4, 2, 2, false));
        }

        @Test
        void answersToAnEarlierQuestionDoNotCount() {
            var follower = Alone.follower(3, BOTH, 3, 1, 2);
            follower.timeOut();
            follower.receive(N1, new PreVoteReply(3, true));
            assertThat(follower.role()).isEqualTo(Role.PRE_CANDIDATE);
        }

        @Test
        void anAnswerPromisesNothing() {
            var alone = Alone.of(3, BOTH);
            int records = alone.context.records().size();
            alone.receive(N1, preVote(4, 0, 0));
            alone.receive(N3, preVote(4, 0, 0));
            assertThat(alone.sent(N1)).containsExactly(new PreVoteReply(4, true));
            assertThat(alone.sent(N3)).containsExactly(new PreVoteReply(4, true));
            assertThat(alone.context.records()).hasSize(records);
            assertThat(alone.term()).isZero();
        }

        @Test
        @Tag("hard-case-6")
        void whoeverHearsALeaderRefuses() {
            var follower = Alone.follower(3, BOTH, 3, 1, 2);
            follower.advanceMillis(149);
            follower.receive(N3, preVote(4, 2, 2));
            follower.advanceMillis(1);
            follower.receive(N3, preVote(4, 2, 2));
            assertThat(follower.sent(N3)).containsExactly(new PreVoteReply(3, false), new PreVoteReply(4, true));
        }

        @Test
        void aLeaderRefuses() {
            var leader = Alone.leader(3, BOTH, 3, 1);
            leader.receive(N3, preVote(9, 9, 4));
            assertThat(leader.sent(N3, PreVoteReply.class)).containsExactly(new PreVoteReply(4, false));
        }

        @Test
        void aCandidateWithAnOlderLogIsRefused() {
            var follower = Alone.follower(3, BOTH, 3, 1, 2);
            follower.advanceMillis(150);
            follower.receive(N3, preVote(4, 5, 1));
            assertThat(follower.sent(N3)).containsExactly(new PreVoteReply(3, false));
        }

        @Test
        void aCandidateWithAnEarlierTermIsRefusedAndTold() {
            var follower = Alone.follower(3, BOTH, 3, 1, 2);
            follower.advanceMillis(150);
            follower.receive(N3, preVote(3, 2, 2));
            assertThat(follower.sent(N3)).containsExactly(new PreVoteReply(3, false));
        }

        @Test
        void aRefusedCandidateLearnsTheTerm() {
            var follower = Alone.follower(3, BOTH, 3, 1, 2);
            follower.timeOut();
            follower.receive(N3, new PreVoteReply(7, false));
            assertThat(follower.term()).isEqualTo(7);
            assertThat(follower.role()).isEqualTo(Role.FOLLOWER);
        }

        @Test
        void aPreCandidateThatGivesItsVoteStopsAsking() {
            var alone = Alone.of(3, BOTH);
            alone.receive(N1, new StaleTerm(5));
            alone.timeOut();
            alone.receive(N3, requestVote(5, 0, 0));
            alone.receive(N1, new PreVoteReply(6, true));
            assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
            assertThat(alone.term()).isEqualTo(5);
        }

        @Test
        void aPreCandidateReturnsToALeaderThatItHearsAgain() {
            var follower = Alone.follower(3, BOTH, 3, 1, 2);
            follower.timeOut();
            follower.receive(N1, new Heartbeat(3, 0, 9));
            assertThat(follower.role()).isEqualTo(Role.FOLLOWER);
            follower.receive(N1, new PreVoteReply(4, true));
            follower.receive(N3, new PreVoteReply(4, true));
            assertThat(follower.role()).isEqualTo(Role.FOLLOWER);
        }
    }

    @Nested
    @Tag("raft-thesis-4.2.3")
    class Deafness {
        @Test
        void whoeverHearsALeaderIgnoresCandidatesAndTheirTerms() {
            var follower = Alone.follower(3, BOTH, 3, 1, 2);
            follower.advanceMillis(149);
            follower.receive(N3, requestVote(9, 2, 2));
            assertThat(follower.context.sent()).isEmpty();
            assertThat(follower.term()).isEqualTo(3);
        }

        @Test
        void whoeverHearsNoLeaderAnyMoreListens() {
            var follower = Alone.follower(3, BOTH, 3, 1, 2);
            follower.advanceMillis(150);
            follower.receive(N3, requestVote(9, 2, 2));
            follower.durable();
            assertThat(follower.sent(N3)).containsExactly(voted(9, true));
        }

        @Test
        void aLeaderIgnoresCandidates() {
            var leader = Alone.leader(3, BOTH, 3, 1);
            leader.receive(N3, requestVote(9, 9, 4));
            assertThat(leader.role()).isEqualTo(Role.LEADER);
            assertThat(leader.term()).isEqualTo(4);
        }

        @Test
        void aLeaderIsDeposedByWhoeverAnswersWithAHigherTerm() {
            var leader = Alone.leader(3, BOTH, 3, 1);
            leader.receive(N3, new StaleTerm(9));
            assertThat(leader.role()).isEqualTo(Role.FOLLOWER);
            assertThat(leader.term()).isEqualTo(9);
        }
    }

    @Nested
    @Tag("raft-thesis-6.2")
    @Tag("hard-case-5")
    class CheckQuorum {
        @Test
        void aLeaderThatHearsNoMajorityStepsDownWithinTwoElectionTimeouts() {
            var leader = Alone.leader(5, BOTH, 3, 1);
            leader.advanceMillis(300);
            assertThat(leader.role()).isEqualTo(Role.LEADER);
            leader.advanceMillis(50);
            assertThat(leader.role()).isEqualTo(Role.FOLLOWER);
            assertThat(leader.term()).isEqualTo(4);
        }

        @Test
        void aLeaderThatHearsAMajorityWithItselfStays() {
            var leader = Alone.leader(5, BOTH, 3, 1);
            for (int i = 0; i < 20; i++) {
                leader.tick();
                leader.receive(N1, new HeartbeatReply(4, 1));
                leader.receive(N3, new HeartbeatReply(4, 1));
            }
            assertThat(leader.role()).isEqualTo(Role.LEADER);
        }

        @Test
        void aLeaderThatHearsAMinorityStepsDown() {
            var leader = Alone.leader(5, BOTH, 3, 1);
            for (int i = 0; i < 20; i++) {
                leader.tick();
                leader.receive(N1, new HeartbeatReply(4, 1));
            }
            assertThat(leader.role()).isNotEqualTo(Role.LEADER);
        }

        @Test
        void switchedOffItStays() {
            var leader = Alone.leader(5, Configs.of(true, false, ReadPath.READ_INDEX), 3, 1);
            leader.advanceMillis(10_000);
            assertThat(leader.role()).isEqualTo(Role.LEADER);
        }
    }

    @Nested
    @Tag("raft-thesis-6.4")
    class ReadIndex {
        private final Alone leader = settledLeader();

        private static Alone settledLeader() {
            var leader = Alone.leader(3, BOTH, 0);
            leader.receive(N1, agreed(1, 1));
            leader.request(put("a", "1"));
            leader.durable();
            leader.receive(N1, agreed(1, 2));
            leader.context.clear();
            return leader;
        }

        private long round() {
            return leader.lastSent(N1, Heartbeat.class).round();
        }

        @Test
        void aReadIsAnsweredAfterARoundOfHeartbeatsAndLeavesNoEntry() {
            int records = leader.context.records().size();
            var read = leader.request(get("a"));
            assertThat(leader.context.reply(read)).isEmpty();
            leader.receive(N1, new HeartbeatReply(1, round()));
            assertThat(leader.context.reply(read)).contains(new Response.Ok(new Result.Found(Bytes.utf8("1"))));
            assertThat(leader.context.records()).hasSize(records);
        }

        @Test
        @Tag("hard-case-10")
        void anAnswerToAnEarlierRoundIsNoProof() {
            leader.tick();
            long before = round();
            var read = leader.request(get("a"));
            leader.receive(N1, new HeartbeatReply(1, before));
            leader.receive(N3, new HeartbeatReply(1, before));
            assertThat(leader.context.reply(read)).isEmpty();
        }

        @Test
        void anAnswerToALaterRoundIsProof() {
            var read = leader.request(get("a"));
            leader.tick();
            leader.receive(N3, new HeartbeatReply(1, round()));
            assertThat(leader.context.reply(read)).isPresent();
        }

        @Test
        void allReadsOfATurnShareOneRound() {
            for (int i = 0; i < 10; i++) {
                leader.raft.onRequest(new Request(100 + i, get("a")));
            }
            leader.raft.endTurn();
            assertThat(leader.context.sent()).hasSize(2);
            leader.receive(N1, new HeartbeatReply(1, round()));
            assertThat(leader.context.replies()).hasSize(10);
        }

        @Test
        void aReadNeedsNoMessageOfItsOwnBesideAWrite() {
            leader.receive(N3, agreed(1, 2));
            leader.context.clear();
            leader.raft.onRequest(new Request(100, get("a")));
            leader.raft.onRequest(new Request(101, put("a", "2")));
            leader.raft.endTurn();
            assertThat(leader.sent(N1)).hasSize(1);
            long round = leader.lastSent(N1, AppendEntries.class).round();
            leader.receive(N1, new HeartbeatReply(1, round));
            assertThat(leader.context.replies())
                    .singleElement()
                    .extracting(reply -> reply.response())
                    .isEqualTo(new Response.Ok(new Result.Found(Bytes.utf8("1"))));
        }

        @Test
        @Tag("hard-case-11")
        void aNewLeaderReadsOnlyWhenItsFirstEntryIsCommitted() {
            var fresh = Alone.leader(3, BOTH, 3, 1, 3);
            var read = fresh.request(get("a"));
            fresh.receive(
                    N1,
                    new HeartbeatReply(4, fresh.lastSent(N1, Heartbeat.class).round()));
            assertThat(fresh.context.reply(read)).isEmpty();
            fresh.receive(N1, agreed(4, 3));
            assertThat(fresh.context.reply(read)).contains(new Response.Ok(new Result.Absent()));
        }

        @Test
        @Tag("hard-case-8")
        void aDeposedLeaderSendsItsReadsToTheNewOne() {
            var read = leader.request(get("a"));
            leader.receive(N3, append(2, 2, 1, 0));
            leader.durable();
            assertThat(leader.context.reply(read)).contains(new Response.Redirect(N3));
        }

        @Test
        void readsByTheLogAreEntries() {
            var byLog = Alone.leader(3, Configs.of(true, true, ReadPath.LOG), 0);
            var read = byLog.request(get("a"));
            byLog.durable();
            assertThat(byLog.raft.durable().log().lastIndex()).isEqualTo(2);
            byLog.receive(N1, agreed(1, 2));
            assertThat(byLog.context.reply(read)).contains(new Response.Ok(new Result.Absent()));
        }
    }

    @Nested
    class Start {
        @Test
        void theFirstNodeOfANewClusterAsksAtOnceAndAgainSoon() {
            var first = new FirstNode(3);
            assertThat(first.context.sent(N3, PreVote.class)).hasSize(1);
            first.context.advance(BOTH.heartbeatInterval());
            assertThat(first.context.sent(N3, PreVote.class)).hasSize(2);
        }

        @Test
        void itHurriesOnlyOnce() {
            var first = new FirstNode(3);
            first.context.receive(N3, new PreVoteReply(1, true));
            first.context.durable();
            first.context.clear();
            first.context.advance(BOTH.heartbeatInterval());
            assertThat(first.context.sent()).isEmpty();
        }

        @Test
        void otherNodesWait() {
            var other = Alone.of(3, BOTH);
            other.advanceMillis(149);
            assertThat(other.context.sent()).isEmpty();
        }

        @Test
        void aRestartedFirstNodeWaits() {
            var first = new FirstNode(3);
            first.context.clear();
            first.context.crashAndRestart(again -> new Raft(BOTH, again));
            assertThat(first.context.sent()).isEmpty();
        }

        @Test
        void aClusterOfOneElectsItselfServesAndReads() {
            var only = new FirstNode(1);
            only.context.durable();
            only.context.durable();
            var write = only.context.request(put("a", "1"));
            assertThat(only.context.reply(write)).isEmpty();
            only.context.durable();
            assertThat(only.context.reply(write)).isPresent();
            var read = only.context.request(get("a"));
            assertThat(only.context.reply(read)).contains(new Response.Ok(new Result.Found(Bytes.utf8("1"))));
            only.context.advance(BOTH.electionTimeout().most().multipliedBy(5));
            assertThat(only.raft.role()).isEqualTo(Role.LEADER);
        }
    }

    private static final class FirstNode {
        final RecordingContext<RaftMessage, RaftRecord, RaftTimer> context;
        final Raft raft;

        FirstNode(int size) {
            context = new RecordingContext<>(N1, Members.of(size), 1);
            raft = context.attach(new Raft(BOTH, context));
        }
    }
}
