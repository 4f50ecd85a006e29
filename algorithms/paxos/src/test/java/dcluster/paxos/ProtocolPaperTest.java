package dcluster.paxos;

import static dcluster.paxos.Alone.N1;
import static dcluster.paxos.Alone.N3;
import static dcluster.paxos.Alone.N4;
import static dcluster.paxos.Alone.SELF;
import static dcluster.paxos.Alone.accept;
import static dcluster.paxos.Alone.heartbeat;
import static dcluster.paxos.Alone.placed;
import static dcluster.paxos.Alone.prepare;
import static dcluster.paxos.Alone.promise;
import static dcluster.paxos.Configs.DEFAULT;
import static dcluster.paxos.Single.A;
import static dcluster.paxos.Single.B;
import static dcluster.paxos.Single.C;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.paxos.PaxosMessage.Accept;
import dcluster.paxos.PaxosMessage.Accepted;
import dcluster.paxos.PaxosMessage.Learned;
import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.paxos.PaxosMessage.Rejected;
import dcluster.spi.Response;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What sections 2.2 and 2.3 of Paxos Made Simple say of processes, on whole replicas. The rules of one instance are in
 * {@link PaxosMadeSimpleTest}.
 */
@Tag("paxos-made-simple-2")
class ProtocolPaperTest {
    // 2.2, phase 1

    /** (a): "A proposer selects a proposal number n and sends a prepare request with number n to a majority of acceptors." */
    @Test
    void aProposerAsksAllAcceptorsToPromiseABallotAboveAllItKnows() {
        var replica = Alone.promised(5, DEFAULT, 4);
        replica.prepare();
        for (var acceptor : replica.context.members().others(SELF)) {
            assertThat(replica.sent(acceptor, Prepare.class)).containsExactly(prepare(ballot(5, "n2"), 1));
        }
    }

    /** (b): "... it responds with a promise ... and with the highest-numbered proposal (if any) that it has accepted." */
    @Test
    void anAcceptorPromisesAndTellsWhatItHasAccepted() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, accept(ballot(1, "n1"), 1, 0, A, B));
        replica.receive(N1, accept(ballot(2, "n1"), 2, 0, C));
        replica.advanceMillis(400);
        replica.receive(N3, prepare(ballot(3, "n3"), 1));
        replica.durable();
        assertThat(replica.sent(N3, Promise.class))
                .containsExactly(
                        promise(ballot(3, "n3"), 1, 0, placed(1, ballot(1, "n1"), A), placed(2, ballot(2, "n1"), C)));
    }

    /** (b): not if it has responded to a greater one. */
    @Test
    void anAcceptorPromisesNoLowerBallot() {
        var replica = Alone.promised(3, DEFAULT, 2);
        replica.advanceMillis(400);
        replica.receive(N3, prepare(ballot(1, "n3"), 1));
        replica.durable();
        assertThat(replica.sent(N3)).containsExactly(new Rejected(ballot(2, "n1")));
    }

    // 2.2, phase 2

    /** (a): "If the proposer receives a response to its prepare requests (numbered n) from a majority of acceptors ..." */
    @Test
    void nothingIsProposedBeforeAQuorumHasPromised() {
        var replica = Alone.preparing(5, DEFAULT);
        replica.receive(N1, replica.promise());
        replica.receive(N1, replica.promise());
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
        replica.receive(N3, replica.promise());
        assertThat(replica.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void promisesOfAnotherBallotDoNotCount() {
        var replica = Alone.preparing(3, DEFAULT);
        replica.receive(N1, promise(ballot(1, "n1"), 1, 0));
        replica.receive(N3, promise(new Ballot(1, SELF, 7), 1, 0));
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
    }

    /** (a): "... the value of the highest-numbered proposal among the responses." */
    @Test
    void aProposerProposesTheValueOfTheHighestNumberedProposal() {
        var replica = Alone.promised(5, DEFAULT, 4);
        replica.prepare();
        replica.durable();
        replica.receive(N3, replica.promise(placed(1, ballot(2, "n3"), B)));
        replica.receive(N1, replica.promise(placed(1, ballot(3, "n1"), A)));
        assertThat(replica.sent(N4, Accept.class)).extracting(Accept::values).containsExactly(List.of(A));
    }

    /** (a): "... or is any value if the responses reported no proposals": then the next that a client asks for. */
    @Test
    void aProposerThatHearsOfNoProposalProposesWhatAClientAsks() {
        var replica = Alone.leader(3, DEFAULT);
        assertThat(replica.sent(N1, Accept.class)).isEmpty();
        replica.context.request(A.command());
        assertThat(replica.sent(N1, Accept.class)).extracting(Accept::values).containsExactly(List.of(A));
        assertThat(replica.sent(N1, Accept.class)).extracting(Accept::slot).containsExactly(1L);
    }

    /** (b): "... it accepts the proposal unless it has already responded to a prepare request having a number greater than n." */
    @Test
    void anAcceptorAcceptsUnlessItHasPromisedMore() {
        var replica = Alone.promised(3, DEFAULT, 2);
        replica.receive(N3, accept(ballot(1, "n3"), 1, 0, B));
        replica.receive(N1, accept(ballot(2, "n1"), 1, 0, A));
        replica.durable();
        assertThat(replica.sent(N3)).containsExactly(new Rejected(ballot(2, "n1")));
        assertThat(replica.sent(N1, Accepted.class)).containsExactly(new Accepted(ballot(2, "n1"), 1, 1, 1));
        assertThat(replica.vows().acceptedFrom(1)).containsExactly(placed(1, ballot(2, "n1"), A));
    }

    /** "An acceptor can ignore any request without compromising safety": it does while it hears a leader. */
    @Test
    void aPrepareRequestIsIgnoredWhileALeaderIsHeard() {
        var replica = Alone.promised(3, DEFAULT, 2);
        replica.receive(N1, heartbeat(ballot(2, "n1"), 0));
        replica.context.clear();
        replica.advanceMillis(399);
        replica.receive(N3, prepare(ballot(3, "n3"), 1));
        replica.durable();
        assertThat(replica.sent(N3)).isEmpty();
        assertThat(replica.ballot()).isEqualTo(ballot(2, "n1"));
        replica.advanceMillis(1);
        replica.receive(N3, prepare(ballot(3, "n3"), 1));
        assertThat(replica.ballot()).isEqualTo(ballot(3, "n3"));
    }

    /** "It can ignore any request": so it does with a proposal far beyond what it knows to be chosen. */
    @Test
    void aProposalFarAheadIsIgnored() {
        var replica = Alone.of(3, Configs.small(4));
        replica.receive(N1, accept(ballot(1, "n1"), 200, 0, A));
        replica.receive(N1, accept(ballot(1, "n1"), 60, 0, B));
        replica.durable();
        assertThat(replica.sent(N1, Accepted.class)).containsExactly(new Accepted(ballot(1, "n1"), 60, 60, 1));
    }

    /** "It is probably a good idea to abandon a proposal if some proposer has begun trying to issue a higher-numbered one." */
    @Test
    void whoeverPreparesGivesUpWhenItIsToldOfAHigherBallot() {
        var replica = Alone.preparing(3, DEFAULT);
        var own = replica.ballot();
        replica.receive(N1, new Rejected(ballot(8, "n3")));
        assertThat(replica.role()).isEqualTo(Role.FOLLOWER);
        replica.receive(N1, promise(own, 1, 0));
        assertThat(replica.role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void aLeaderLeadsNoMoreWhenItIsToldOfAHigherBallot() {
        var replica = Alone.leader(3, DEFAULT);
        var request = replica.context.request(A.command());
        replica.receive(N1, new Rejected(ballot(8, "n3")));
        replica.durable();
        assertThat(replica.role()).isEqualTo(Role.FOLLOWER);
        assertThat(replica.context.reply(request).orElseThrow()).isInstanceOf(Response.Unknown.class);
    }

    /** "... then it should probably inform the proposer, who should then abandon its proposal." */
    @Test
    void whoeverProposesTooLowIsTold() {
        var replica = Alone.promised(3, DEFAULT, 5);
        replica.receive(N3, accept(ballot(2, "n3"), 1, 0, A));
        replica.receive(N3, heartbeat(ballot(2, "n3"), 0));
        assertThat(replica.sent(N3)).containsExactly(new Rejected(ballot(5, "n1")), new Rejected(ballot(5, "n1")));
    }

    /** "It can abandon a proposal in the middle of the protocol at any time": a rejection of an earlier ballot is old news. */
    @Test
    void aRejectionByALowerBallotDisturbsNobody() {
        var replica = Alone.promised(3, DEFAULT, 4);
        replica.prepare();
        replica.receive(N1, new Rejected(ballot(4, "n1")));
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
    }

    // 2.3 Learning a chosen value

    /** "A learner must find out that a proposal has been accepted by a majority of acceptors": the leader counts them. */
    @Test
    void aLeaderTakesForChosenWhatAQuorumHasAccepted() {
        var replica = Alone.leader(5, DEFAULT);
        var request = replica.context.request(A.command());
        replica.durable();
        replica.receive(N1, new Accepted(replica.ballot(), 1, 1, 1));
        replica.receive(N1, new Accepted(replica.ballot(), 1, 1, 1));
        assertThat(replica.chosen()).isZero();
        replica.receive(N3, new Accepted(replica.ballot(), 1, 1, 1));
        assertThat(replica.chosen()).isEqualTo(1);
        assertThat(replica.context.reply(request).orElseThrow()).isInstanceOf(Response.Ok.class);
    }

    @Test
    void acceptancesOfAnotherBallotDoNotCount() {
        var replica = Alone.leader(3, DEFAULT);
        replica.context.request(A.command());
        replica.durable();
        replica.receive(N1, new Accepted(ballot(1, "n1"), 1, 1, 1));
        replica.receive(N3, new Accepted(new Ballot(1, SELF, 7), 1, 1, 1));
        assertThat(replica.chosen()).isZero();
    }

    /** "... a distinguished learner, which in turn informs the other learners when a value has been chosen." */
    @Test
    void aLearnerIsToldByTheLeaderWhatIsChosen() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, accept(ballot(1, "n1"), 1, 0, A, B));
        assertThat(replica.chosen()).isZero();
        replica.receive(N1, heartbeat(ballot(1, "n1"), 1));
        assertThat(replica.chosen()).isEqualTo(1);
        assertThat(replica.paxos.machine().applied()).isEqualTo(1);
    }

    /** What it has accepted of another ballot need not be what was chosen: it asks. */
    @Test
    void aLearnerDoesNotTakeAProposalOfAnotherBallotForChosen() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N3, accept(ballot(1, "n3"), 1, 0, A));
        replica.receive(N1, heartbeat(ballot(2, "n1"), 1));
        assertThat(replica.chosen()).isZero();
        replica.tick();
        assertThat(replica.sent(N1, PaxosMessage.Learn.class)).containsExactly(new PaxosMessage.Learn(1));
        replica.receive(N1, new Learned(1, List.of(B), 1, true));
        assertThat(replica.chosen()).isEqualTo(1);
        assertThat(replica.paxos.log().entry(1)).isEqualTo(B);
    }

    /** "... it can have a proposer issue a proposal": a new leader proposes anew what it cannot know to be chosen. */
    @Test
    void aNewLeaderFindsOutWhatIsChosenByProposingItAgain() {
        var replica = Alone.preparing(3, DEFAULT);
        replica.receive(N3, replica.promise(placed(1, new Ballot(1, N1, 1), A)));
        replica.durable();
        assertThat(replica.chosen()).isZero();
        replica.receive(N3, new Accepted(replica.ballot(), 1, 1, 1));
        assertThat(replica.chosen()).isEqualTo(1);
    }
}
