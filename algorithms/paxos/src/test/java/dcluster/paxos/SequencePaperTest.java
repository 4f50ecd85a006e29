package dcluster.paxos;

import static dcluster.paxos.Alone.N1;
import static dcluster.paxos.Alone.N3;
import static dcluster.paxos.Alone.N4;
import static dcluster.paxos.Alone.accept;
import static dcluster.paxos.Alone.heartbeat;
import static dcluster.paxos.Alone.placed;
import static dcluster.paxos.Alone.prepare;
import static dcluster.paxos.Alone.promise;
import static dcluster.paxos.Configs.DEFAULT;
import static dcluster.paxos.Single.A;
import static dcluster.paxos.Single.B;
import static dcluster.paxos.Single.C;
import static dcluster.paxos.Single.NO_OP;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.paxos.PaxosMessage.Accept;
import dcluster.paxos.PaxosMessage.Accepted;
import dcluster.paxos.PaxosMessage.HeartbeatReply;
import dcluster.paxos.PaxosMessage.Learn;
import dcluster.paxos.PaxosMessage.Learned;
import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.Marks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What section 3 of Paxos Made Simple says of a sequence of instances, on whole replicas. */
@Tag("paxos-made-simple-3")
class SequencePaperTest {
    /** "Using the same proposal number for all instances, it can do this by sending a single reasonably short message." */
    @Test
    void phase1IsDoneOnceForAllInstancesThatAreOpen() {
        var leader = Alone.leader(3, DEFAULT);
        for (int i = 0; i < 50; i++) {
            leader.context.request(A.command());
        }
        leader.durable();
        leader.receive(N1, new Accepted(leader.ballot(), 1, 50, 1));
        leader.context.request(B.command());
        assertThat(leader.sent(N1, Prepare.class)).isEmpty();
        assertThat(leader.sent(N1, Accept.class))
                .hasSize(51)
                .allMatch(each -> each.ballot().equals(leader.ballot()));
    }

    /** What is known to be chosen needs no phase 1: it begins after that. */
    @Test
    void phase1BeginsAfterWhatIsKnownToBeChosen() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, accept(ballot(1, "n1"), 1, 0, A, B, C));
        replica.receive(N1, heartbeat(ballot(1, "n1"), 2));
        replica.prepare();
        assertThat(replica.sent(N3, Prepare.class)).containsExactly(prepare(ballot(2, "n2"), 3));
    }

    /** "In phase 1, an acceptor responds with more than a simple OK only if it has already received a phase 2 message." */
    @Test
    void aPromiseOfAnAcceptorThatHasAcceptedNothingIsEmpty() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N3, prepare(ballot(1, "n3"), 1));
        replica.durable();
        assertThat(replica.sent(N3)).containsExactly(promise(ballot(1, "n3"), 1, 0));
    }

    /** What it has accepted is told in as many pieces as it takes, each of a batch; of each it says what it is about. */
    @Test
    void aLongPromiseComesInPieces() {
        var config = Configs.small(2);
        var replica = Alone.of(3, config);
        replica.receive(N1, accept(ballot(1, "n1"), 1, 0, A, B, C));
        replica.advanceMillis(400);
        replica.receive(N3, prepare(ballot(2, "n3"), 1));
        replica.durable();
        assertThat(replica.sent(N3, Promise.class))
                .containsExactly(
                        new Promise(
                                ballot(2, "n3"),
                                1,
                                2,
                                0,
                                List.of(placed(1, ballot(1, "n1"), A), placed(2, ballot(1, "n1"), B)),
                                1,
                                Marks.NONE),
                        promise(ballot(2, "n3"), 3, 0, placed(3, ballot(1, "n1"), C)));
    }

    /** The network reorders messages, so the last piece may come first. */
    @Test
    void aPromiseCountsWhenAllOfItHasArrivedInWhateverOrder() {
        var replica = Alone.preparing(3, DEFAULT);
        var ballot = replica.ballot();
        replica.receive(N1, promise(ballot, 4, 0, placed(4, ballot(1, "n1"), C)));
        replica.receive(N1, piece(ballot, 1, 2, placed(1, ballot(1, "n1"), A)));
        replica.receive(N1, piece(ballot, 1, 2, placed(1, ballot(1, "n1"), A)));
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
        replica.receive(N1, piece(ballot, 3, 3, placed(3, ballot(1, "n1"), B)));
        assertThat(replica.role()).isEqualTo(Role.LEADER);
        assertThat(replica.sent(N3, Accept.class)).extracting(Accept::values).containsExactly(List.of(A, NO_OP, B, C));
    }

    /** It may have been wiped, so that pieces of two lives are no answer together. */
    @Test
    void aLaterLifeOfAnAcceptorTellsAllAnew() {
        var replica = Alone.preparing(3, DEFAULT);
        var ballot = replica.ballot();
        replica.receive(N1, piece(ballot, 1, 2, placed(1, ballot(1, "n1"), A)));
        replica.receive(N1, new Promise(ballot, 3, Long.MAX_VALUE, 0, List.of(), 2, Marks.NONE));
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
        replica.receive(N1, new Promise(ballot, 1, 2, 0, List.of(), 2, Marks.NONE));
        assertThat(replica.role()).isEqualTo(Role.LEADER);
    }

    /** A request or its answer may be lost: whoever has not answered in full is asked for the rest. */
    @Test
    void aPrepareRequestIsRepeatedToThoseThatHaveNotAnsweredInFull() {
        var replica = Alone.preparing(5, DEFAULT);
        var ballot = replica.ballot();
        replica.receive(N1, promise(ballot, 1, 0));
        replica.receive(N3, piece(ballot, 1, 2, placed(1, ballot(1, "n1"), A)));
        replica.context.clear();
        replica.tick();
        assertThat(replica.sent(N1)).isEmpty();
        assertThat(replica.sent(N3)).containsExactly(prepare(ballot, 3));
        assertThat(replica.sent(N4)).containsExactly(prepare(ballot, 1));
    }

    private static Promise piece(Ballot ballot, long slot, long through, Placed accepted) {
        return new Promise(ballot, slot, through, 0, List.of(accepted), 1, Marks.NONE);
    }

    /** "... a special 'no-op' command that leaves the state unchanged": where nothing is to be adopted, but something later. */
    @Test
    @Tag("hard-case-43")
    void aNewLeaderFillsHolesWithNoOps() {
        var replica = Alone.preparing(3, DEFAULT);
        replica.receive(N1, replica.promise(placed(2, ballot(1, "n1"), A), placed(5, ballot(1, "n1"), B)));
        assertThat(replica.sent(N3, Accept.class))
                .extracting(Accept::values)
                .containsExactly(List.of(NO_OP, A, NO_OP, NO_OP, B));
        var hash = replica.paxos.machine().hash();
        replica.durable();
        replica.receive(N3, new Accepted(replica.ballot(), 1, 1, 1));
        assertThat(replica.chosen()).isZero();
        replica.receive(N3, new Accepted(replica.ballot(), 1, 5, 1));
        assertThat(replica.paxos.machine().applied()).isEqualTo(5);
        assertThat(replica.paxos.machine().hash()).isNotEqualTo(hash);
    }

    /** What comes after a hole waits, though it is chosen. */
    @Test
    @Tag("hard-case-43")
    void nothingIsAppliedPastAHole() {
        var leader = Alone.leader(3, DEFAULT);
        var first = leader.context.request(A.command());
        var second = leader.context.request(B.command());
        leader.durable();
        leader.receive(N1, new Accepted(leader.ballot(), 2, 2, 1));
        leader.receive(N3, new Accepted(leader.ballot(), 2, 2, 1));
        assertThat(leader.chosen()).isZero();
        assertThat(leader.context.reply(second)).isEmpty();
        leader.receive(N1, new Accepted(leader.ballot(), 1, 1, 1));
        assertThat(leader.chosen()).isEqualTo(2);
        assertThat(leader.context.reply(first)).isPresent();
        assertThat(leader.context.reply(second)).isPresent();
    }

    @Test
    @Tag("hard-case-43")
    void aLearnerAppliesNothingPastAHole() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, accept(ballot(1, "n1"), 2, 0, B));
        replica.receive(N1, heartbeat(ballot(1, "n1"), 2));
        assertThat(replica.chosen()).isZero();
        replica.receive(N1, accept(ballot(1, "n1"), 1, 2, A));
        assertThat(replica.chosen()).isEqualTo(2);
    }

    /** "Suppose a leader can get alpha commands ahead": alpha is {@code in-flight}; what goes beyond is refused. */
    @Test
    void aLeaderProposesAheadOfWhatIsChosenUpToABound() {
        var leader = Alone.leader(3, Configs.small(6));
        var requests = new ArrayList<Request>();
        for (int i = 0; i < 45; i++) {
            requests.add(leader.context.request(A.command()));
        }
        assertThat(leader.sent(N1, Accept.class)).hasSize(40);
        leader.durable();
        assertThat(leader.context.reply(requests.get(44)).orElseThrow())
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Response.Reason.OVERLOADED));
        leader.receive(N1, new Accepted(leader.ballot(), 1, 40, 1));
        leader.context.request(B.command());
        assertThat(leader.sent(N1, Accept.class)).hasSize(41);
    }

    /** "The effective cost of executing a state machine command is the cost of executing only phase 2": one message each. */
    @Test
    void commandsOfATurnGoOutTogether() {
        var leader = Alone.leader(3, DEFAULT);
        for (int i = 0; i < 20; i++) {
            leader.paxos.onRequest(new Request(100 + i, A.command()));
        }
        leader.paxos.endTurn();
        assertThat(leader.sent(N1, Accept.class)).hasSize(1);
        assertThat(leader.sent(N1, Accept.class).get(0).values()).hasSize(20);
    }

    /** So many heartbeats pass, and all others are heard meanwhile. */
    private static void hear(Alone leader, int heartbeats) {
        for (int i = 0; i < heartbeats; i++) {
            leader.context
                    .members()
                    .others(Alone.SELF)
                    .forEach(node -> leader.receive(node, new HeartbeatReply(leader.ballot(), 1, 0)));
            leader.tick();
        }
    }

    /** What may be lost is proposed again, to those that have not accepted it. */
    @Test
    void whatIsOpenForLongerThanAnyRoundTripIsProposedAgain() {
        var leader = Alone.leader(5, DEFAULT);
        leader.context.request(A.command());
        leader.durable();
        leader.receive(N1, new Accepted(leader.ballot(), 1, 1, 1));
        leader.context.clear();
        hear(leader, 3);
        assertThat(leader.sent(N3, Accept.class)).isEmpty();
        hear(leader, 2);
        assertThat(leader.sent(N1, Accept.class)).isEmpty();
        assertThat(leader.sent(N3, Accept.class))
                .isNotEmpty()
                .allMatch(each -> each.values().equals(List.of(A)));
        leader.receive(N4, new Accepted(leader.ballot(), 1, 1, 1));
        leader.context.clear();
        hear(leader, 5);
        assertThat(leader.sent(N3, Accept.class)).isEmpty();
    }

    /** A new leader learns first what one of those that promised knows to be chosen: it told only what comes after. */
    @Test
    void aNewLeaderLearnsWhatItsQuorumKnowsBeforeItLeads() {
        var replica = Alone.preparing(3, DEFAULT);
        replica.receive(N3, promise(replica.ballot(), 1, 2, placed(3, ballot(1, "n1"), C)));
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
        assertThat(replica.sent(N3, Learn.class)).containsExactly(new Learn(1));
        replica.receive(N3, new Learned(1, List.of(A, B), 2, true));
        assertThat(replica.role()).isEqualTo(Role.LEADER);
        assertThat(replica.sent(N1, Accept.class)).extracting(Accept::values).containsExactly(List.of(C));
        assertThat(replica.sent(N1, Accept.class)).extracting(Accept::slot).containsExactly(3L);
    }

    /** A learner that has missed much asks for the rest as soon as it has some. */
    @Test
    void aLearnerAsksOnUntilItKnowsAll() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, heartbeat(ballot(1, "n1"), 3));
        replica.tick();
        replica.receive(N1, new Learned(1, List.of(A, B), 3, true));
        replica.receive(N1, new Learned(3, List.of(C), 3, true));
        assertThat(replica.sent(N1, Learn.class)).containsExactly(new Learn(1), new Learn(3));
        assertThat(replica.paxos.machine().applied()).isEqualTo(3);
        replica.tick();
        replica.tick();
        assertThat(replica.sent(N1, Learn.class)).hasSize(2);
    }

    /** Who told of more is dead, perhaps: it is not waited for. */
    @Test
    void aNewLeaderAsksOneThatHasPromisedEvenIfAnotherHadToldOfMore() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, heartbeat(ballot(1, "n1"), 5));
        replica.prepare();
        replica.durable();
        replica.context.clear();
        replica.receive(N3, promise(replica.ballot(), 1, 2, placed(3, ballot(1, "n1"), C)));
        assertThat(replica.sent(N3, Learn.class)).containsExactly(new Learn(1));
        replica.receive(N3, new Learned(1, List.of(A, B), 2, true));
        assertThat(replica.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void whoeverIsAskedInVainIsForgottenUntilSomebodyTellsOfMore() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, heartbeat(ballot(1, "n1"), 3));
        for (int i = 0; i < 100; i++) {
            replica.tick();
        }
        assertThat(replica.sent(N1, Learn.class)).hasSize(3);
        replica.receive(N3, heartbeat(ballot(2, "n3"), 2));
        replica.tick();
        assertThat(replica.sent(N3, Learn.class)).containsExactly(new Learn(1));
    }

    /** An answer takes longer than a heartbeat interval where messages are slow. */
    @Test
    void whileAnAnswerMayBeOnItsWayALearnerDoesNotAskAgain() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, heartbeat(ballot(1, "n1"), 3));
        for (int i = 0; i < 4; i++) {
            replica.tick();
        }
        assertThat(replica.sent(N1, Learn.class)).hasSize(1);
    }

    @Test
    void aLearnerIsToldSeveralBatchesAtOnceAndAsksWhenItHasTheLast() {
        var config = Configs.with(
                DEFAULT,
                Configs.amount(2, 1 << 20),
                Configs.amount(4, 8 << 20),
                DEFAULT.inFlight(),
                DEFAULT.snapshotEvery());
        var teacher = Alone.of(3, config);
        teacher.receive(N1, new Learned(1, Collections.nCopies(9, A), 9, true));
        teacher.receive(N3, new Learn(1));
        var told = teacher.sent(N3, Learned.class);
        assertThat(told).extracting(Learned::slot).containsExactly(1L, 3L, 5L);
        assertThat(told).extracting(Learned::last).containsExactly(false, false, true);

        var learner = Alone.of(3, config);
        told.forEach(message -> learner.receive(N1, message));
        assertThat(learner.chosen()).isEqualTo(6);
        assertThat(learner.sent(N1, Learn.class)).containsExactly(new Learn(7));
    }

    /** Else phase 1 after a restart of all would be about all that the journal holds. */
    @Test
    void whatWasKnownToBeChosenIsKnownAgainAfterARestart() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, accept(ballot(1, "n1"), 1, 0, A));
        replica.receive(N1, accept(ballot(1, "n1"), 2, 2, B));
        replica.receive(N1, accept(ballot(1, "n1"), 3, 2, C));
        replica.durable();
        replica.restart();
        assertThat(replica.chosen()).isEqualTo(2);
        assertThat(replica.paxos.machine().applied()).isEqualTo(2);
        replica.receive(N3, prepare(ballot(2, "n3"), 1));
        replica.durable();
        assertThat(replica.sent(N3, Promise.class)).singleElement().satisfies(promise -> {
            assertThat(promise.chosen()).isEqualTo(2);
            assertThat(promise.proposals()).containsExactly(placed(3, ballot(1, "n1"), C));
        });
    }

    /** Any replica tells learners, not the leader alone; and what is chosen is no vote of the one that is told. */
    @Test
    void anyReplicaTeachesWhatIsChosen() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, accept(ballot(1, "n1"), 1, 0, A, B));
        replica.receive(N1, heartbeat(ballot(1, "n1"), 2));
        replica.receive(N3, new Learn(2));
        assertThat(replica.sent(N3)).containsExactly(new Learned(2, List.of(B), 2, true));
    }

    @Test
    void whatIsLearnedOutlivesACrashAndPromisesNothing() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, new Learned(1, List.of(A, B), 2, true));
        assertThat(replica.vows().promised()).isNull();
        replica.durable();
        replica.restart();
        assertThat(replica.chosen()).isEqualTo(2);
        assertThat(replica.paxos.machine().applied()).isEqualTo(2);
    }
}
