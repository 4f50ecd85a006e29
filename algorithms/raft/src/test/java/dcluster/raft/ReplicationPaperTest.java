package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.N4;
import static dcluster.raft.Alone.N5;
import static dcluster.raft.Alone.PAPER;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.get;
import static dcluster.raft.Alone.noOps;
import static dcluster.raft.Alone.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendRejected;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftRecord.Append;
import dcluster.spi.Bytes;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that section 5.3 of the Raft paper states: log replication. */
@Tag("raft-5.3")
class ReplicationPaperTest {
    // The leader's side

    @Test
    void aLeaderAppendsTheCommandAndSendsItToAllOthers() {
        var leader = Alone.leader(5, PAPER, 0);
        List.of(N1, N3, N4, N5).forEach(id -> leader.receive(id, agreed(1, 1)));
        leader.context.clear();
        leader.request(put("a", "1"));
        assertThat(leader.context.records()).endsWith(new Append(2, List.of(put(1, "a", "1"))));
        assertThat(leader.context.sent())
                .hasSize(4)
                .allMatch(sent -> sent.eager()
                        && sent.message().equals(new AppendEntries(1, 1, 1, 1, 1, List.of(put(1, "a", "1")))));
    }

    @Test
    void aCommandIsAppliedAndAnsweredWhenItsEntryIsOnAMajority() {
        var leader = Alone.leader(5, PAPER, 0);
        var request = leader.request(put("a", "1"));
        leader.durable();
        leader.receive(N1, agreed(1, 2));
        assertThat(leader.context.reply(request)).isEmpty();
        assertThat(leader.applied()).isZero();
        leader.receive(N3, agreed(1, 2));
        assertThat(leader.context.reply(request)).contains(new Response.Ok(new Result.Applied(true)));
        assertThat(leader.applied()).isEqualTo(2);
    }

    @Test
    void aLeaderCountsItselfOnlyOnceItsOwnDiskHasTheEntry() {
        var leader = Alone.leader(3, PAPER, 0);
        leader.request(put("a", "1"));
        leader.receive(N1, agreed(1, 2));
        assertThat(leader.commit()).isEqualTo(1);
        leader.durable();
        assertThat(leader.commit()).isEqualTo(2);
    }

    @Test
    void followersAloneCanBeTheMajority() {
        var leader = Alone.leader(3, PAPER, 0);
        leader.request(put("a", "1"));
        leader.receive(N1, agreed(1, 2));
        leader.receive(N3, agreed(1, 2));
        assertThat(leader.commit()).isEqualTo(2);
        assertThat(leader.context.durableCount())
                .isLessThan(leader.context.records().size());
    }

    @Test
    void aLeaderRetriesForEverEvenAfterItAnswered() {
        var leader = Alone.leader(3, PAPER, 0);
        leader.receive(N1, agreed(1, 1));
        leader.receive(N3, agreed(1, 1));
        var request = leader.request(put("a", "1"));
        leader.durable();
        leader.receive(N1, agreed(1, 2));
        assertThat(leader.context.reply(request)).isPresent();
        for (int i = 0; i < 5; i++) {
            leader.context.clear();
            leader.tick();
            leader.advanceMillis(1);
            var round = leader.lastSent(N3, Heartbeat.class).round();
            leader.receive(N3, new HeartbeatReply(1, round));
            assertThat(leader.sent(N3, AppendEntries.class)).hasSize(1);
        }
    }

    @Test
    void aFollowerThatComesBackIsBroughtUpToDate() {
        var leader = Alone.leader(3, PAPER, 0);
        leader.receive(N3, agreed(1, 1));
        leader.receive(N1, agreed(1, 1));
        leader.request(put("a", "1"));
        leader.request(put("a", "2"));
        leader.advanceMillis(500);
        leader.context.clear();
        leader.receive(N3, new HeartbeatReply(1, 1));
        assertThat(leader.sent(N3, AppendEntries.class)).singleElement().satisfies(message -> {
            assertThat(message.previousIndex()).isEqualTo(1);
            assertThat(message.entries()).containsExactly(put(1, "a", "1"), put(1, "a", "2"));
        });
    }

    @Test
    void committingAnEntryCommitsAllBeforeItAlsoOfEarlierLeaders() {
        var leader = Alone.leader(3, PAPER, 3, 1, 2, 2);
        assertThat(leader.commit()).isZero();
        leader.receive(N1, agreed(4, 4));
        assertThat(leader.commit()).isEqualTo(4);
        assertThat(leader.applied()).isEqualTo(4);
    }

    @Test
    void theCommitIndexTravelsWithAppendEntriesAndHeartbeats() {
        var leader = Alone.leader(3, PAPER, 0);
        leader.receive(N1, agreed(1, 1));
        leader.request(put("a", "1"));
        assertThat(leader.lastSent(N1, AppendEntries.class).commit()).isEqualTo(1);
        leader.tick();
        assertThat(leader.lastSent(N1, Heartbeat.class).commit()).isEqualTo(1);
    }

    @Test
    void aHeartbeatClaimsNothingThatItsReceiverMayNotHold() {
        var leader = Alone.leader(3, PAPER, 0);
        leader.receive(N1, agreed(1, 1));
        leader.tick();
        assertThat(leader.lastSent(N3, Heartbeat.class).commit()).isZero();
    }

    @Test
    void aLeaderMakesOneEntryAnIndex() {
        var leader = Alone.leader(3, PAPER, 0);
        for (int i = 0; i < 5; i++) {
            leader.request(put("a", "" + i));
        }
        assertThat(leader.context.records())
                .filteredOn(Append.class::isInstance)
                .extracting(record -> ((Append) record).index())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void whatALeaderSendsNamesTheEntryBefore() {
        var leader = Alone.leader(3, PAPER, 3, 1, 2);
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(2);
        assertThat(leader.lastSent(N1, AppendEntries.class).previousTerm()).isEqualTo(2);
    }

    @Test
    void nextIndexBeginsBehindTheLeadersLastEntry() {
        var leader = Alone.leader(3, PAPER, 3, 1, 2);
        assertThat(leader.lastSent(N1, AppendEntries.class).entries()).containsExactly(noOps(4));
    }

    @Test
    void afterARejectionTheLeaderTriesAnEarlierEntry() {
        var leader = Alone.leader(3, PAPER, 3, 1, 2, 3);
        leader.receive(N1, new AppendRejected(4, 3, 0, 2));
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(1);
        assertThat(leader.lastSent(N1, AppendEntries.class).entries()).containsExactly(noOps(2, 3, 4));
    }

    /** Figure 7 (f), from the leader's side: the follower's log holds terms that the leader's does not. */
    @Test
    void aRejectionNamesTheConflictingTermAndTheLeaderPassesOverAllOfIt() {
        var leader = Alone.leader(3, PAPER, 7, 1, 1, 1, 4, 4, 5, 5, 6, 6, 6);
        leader.receive(N1, new AppendRejected(8, 10, 3, 7));
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(6);
        leader.receive(N1, new AppendRejected(8, 6, 2, 4));
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(3);
        leader.receive(N1, agreed(8, 11));
        leader.request(put("a", "1"));
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(11);
    }

    @Test
    void aLeaderThatHoldsTheConflictingTermTooBeginsAfterItsLastEntryOfIt() {
        var leader = Alone.leader(3, PAPER, 3, 1, 1, 2, 3);
        leader.receive(N1, new AppendRejected(4, 4, 1, 1));
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(2);
    }

    @Test
    void oldRejectionsAreNotBelieved() {
        var leader = Alone.leader(3, PAPER, 3, 1, 2, 3);
        leader.receive(N1, agreed(4, 4));
        leader.context.clear();
        leader.receive(N1, new AppendRejected(4, 3, 0, 1));
        assertThat(leader.context.sent()).isEmpty();
        leader.request(put("a", "1"));
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(4);
    }

    @Test
    void oldAgreementsTakeNothingBack() {
        var leader = Alone.leader(3, PAPER, 0);
        leader.receive(N1, agreed(1, 1));
        leader.request(put("a", "1"));
        leader.receive(N1, agreed(1, 2));
        leader.receive(N1, agreed(1, 1));
        leader.durable();
        assertThat(leader.commit()).isEqualTo(2);
    }

    @Test
    void aLeaderNeverTouchesItsOwnLogButAtTheEnd() {
        var leader = Alone.leader(3, PAPER, 3, 1, 2, 3);
        var before = leader.logTerms();
        leader.receive(N1, new AppendRejected(4, 3, 9, 1));
        leader.request(put("a", "1"));
        assertThat(leader.logTerms()).startsWith(before.toArray(Long[]::new));
    }

    @Test
    void aLeaderSendsOneMessageAFollowerAndTurn() {
        var leader = Alone.leader(3, PAPER, 0);
        leader.receive(N1, agreed(1, 1));
        leader.context.clear();
        for (int i = 0; i < 47; i++) {
            leader.raft.onRequest(new Request(100 + i, put("a", "" + i)));
        }
        leader.raft.endTurn();
        assertThat(leader.sent(N1)).hasSize(1);
        assertThat(leader.lastSent(N1, AppendEntries.class).entries()).hasSize(47);
        assertThat(leader.context.records()).hasSize(3);
    }

    // The follower's side

    @Test
    void aFollowerAppliesWhatIsCommittedInTheOrderOfTheLog() {
        var follower = Alone.of(3, PAPER);
        follower.receive(N1, append(1, 0, 0, 0, put(1, "a", "1"), put(1, "a", "2"), put(1, "a", "3")));
        assertThat(follower.applied()).isZero();
        follower.receive(N1, append(1, 3, 1, 2));
        assertThat(follower.applied()).isEqualTo(2);
        assertThat(follower.raft.durable().machine().read(get("a")))
                .isEqualTo(new Response.Ok(new Result.Found(Bytes.utf8("2"))));
    }

    @Test
    void theCommitIndexIsBoundedByTheLastEntryThatTheMessageProves() {
        var follower = Alone.follower(3, PAPER, 3, 1, 2, 2);
        follower.receive(N3, append(4, 1, 1, 3));
        assertThat(follower.commit()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"4, 3, 0, 4", "3, 3, 2, 2", "2, 1, 2, 2", "9, 9, 0, 4"})
    void aFollowerWithoutTheEntryBeforeRefuses(long index, long term, long conflictTerm, long conflictIndex) {
        var follower = Alone.follower(3, PAPER, 3, 1, 2, 2);
        follower.receive(N1, append(3, index, term, 0, noOps(3)));
        assertThat(follower.sent(N1)).containsExactly(new AppendRejected(3, index, conflictTerm, conflictIndex));
        assertThat(follower.logTerms()).containsExactly(1L, 2L, 2L);
    }

    static Stream<Arguments> figure7() {
        return Stream.of(
                Arguments.of("a", new long[] {1, 1, 1, 4, 4, 5, 5, 6, 6}),
                Arguments.of("b", new long[] {1, 1, 1, 4}),
                Arguments.of("c", new long[] {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6}),
                Arguments.of("d", new long[] {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7}),
                Arguments.of("e", new long[] {1, 1, 1, 4, 4, 4, 4}),
                Arguments.of("f", new long[] {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3}));
    }

    /** A leader and a follower talk until they agree. */
    @ParameterizedTest
    @MethodSource("figure7")
    void everyFollowerOfFigure7ComesToHoldTheLeadersLog(String name, long[] terms) {
        var leader = Alone.leader(3, PAPER, 7, 1, 1, 1, 4, 4, 5, 5, 6, 6, 6);
        var follower = Alone.follower(3, PAPER, 7, terms);
        int messages = 0;
        for (; !follower.logTerms().equals(leader.logTerms()); messages++) {
            assertThat(messages).as("messages for follower " + name).isLessThan(5);
            follower.context.clear();
            follower.receive(N3, leader.lastSent(N1, AppendEntries.class));
            follower.durable();
            for (var reply : follower.sent(N3)) {
                leader.receive(N1, reply);
            }
        }
        assertThat(follower.logTerms()).endsWith(6L, 8L).hasSize(11);
    }

    @Test
    void conflictingEntriesAreOverwritten() {
        var follower = Alone.follower(3, PAPER, 3, 1, 2, 2, 2);
        follower.receive(N1, append(3, 1, 1, 0, noOps(3)));
        assertThat(follower.logTerms()).containsExactly(1L, 3L);
        assertThat(follower.context.records()).endsWith(new Append(2, List.of(noOps(3))));
    }

    @Test
    @Tag("hard-case-13")
    void anOlderShorterMessageRemovesNothing() {
        var follower = Alone.follower(3, PAPER, 3, 1, 3, 3, 3);
        int records = follower.context.records().size();
        follower.receive(N1, append(3, 1, 1, 0, noOps(3)));
        follower.receive(N1, append(3, 0, 0, 0));
        assertThat(follower.logTerms()).containsExactly(1L, 3L, 3L, 3L);
        assertThat(follower.context.records()).hasSize(records);
        assertThat(follower.sent(N1, AppendReply.class)).containsExactly(agreed(3, 2));
    }

    @Test
    void anAcknowledgementLeavesOnlyWhenTheEntriesAreDurable() {
        var follower = Alone.follower(3, PAPER, 3, 1);
        follower.receive(N1, append(3, 1, 1, 0, noOps(3)));
        assertThat(follower.sent(N1, AppendReply.class)).isEmpty();
        follower.durable();
        assertThat(follower.sent(N1, AppendReply.class)).containsExactly(agreed(3, 2));
    }

    @Test
    void aRepeatedMessageIsAcknowledgedOnlyWhenTheFirstIsDurable() {
        var follower = Alone.follower(3, PAPER, 3, 1);
        follower.receive(N1, append(3, 1, 1, 0, noOps(3)));
        follower.receive(N1, append(3, 1, 1, 0, noOps(3)));
        assertThat(follower.sent(N1, AppendReply.class)).isEmpty();
    }

    @Test
    void theAcknowledgementsOfATurnAreOne() {
        var follower = Alone.follower(3, PAPER, 3, 1);
        follower.receiveTogether(
                N1,
                append(3, 1, 1, 0, noOps(3)),
                append(3, 2, 3, 0, noOps(3)),
                append(3, 3, 3, 0, new Entry.NoOp(3), put(3, "a", "1")));
        follower.durable();
        assertThat(follower.sent(N1)).containsExactly(agreed(3, 5));
    }

    @Test
    void aHeartbeatsReplySaysNothingOfTheLogAndDoesNotWaitForTheDisk() {
        var follower = Alone.follower(3, PAPER, 3, 1);
        follower.receive(N1, append(3, 1, 1, 0, noOps(3)));
        follower.receive(N1, new Heartbeat(3, 0, 5));
        assertThat(follower.context.sent())
                .singleElement()
                .matches(sent -> sent.eager() && sent.message().equals(new HeartbeatReply(3, 5)));
    }
}
