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
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dcluster.paxos.PaxosMessage.Accepted;
import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.paxos.PaxosMessage.Rejected;
import dcluster.paxos.PaxosMessage.Suspected;
import dcluster.toolkit.Marks;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What sections 2.4 and 2.5 of Paxos Made Simple say of processes, on whole replicas. */
@Tag("paxos-made-simple-2")
class ProgressPaperTest {
    // 2.4 Progress

    /** "To guarantee progress, a distinguished proposer must be selected as the only one to try issuing proposals." */
    @Test
    void whoeverHearsALeaderBeginsNoBallot() {
        var replica = Alone.of(3, DEFAULT);
        for (int i = 0; i < 20; i++) {
            replica.receive(N1, heartbeat(ballot(1, "n1"), 0));
            replica.advanceMillis(390);
        }
        assertThat(replica.role()).isEqualTo(Role.FOLLOWER);
        assertThat(replica.sent(N3)).isEmpty();
    }

    /** Whoever is alone with its suspicion begins none either: it may be the one that hears badly. */
    @Test
    void aBallotBeginsWhenAQuorumHearsNoLeader() {
        var replica = Alone.of(5, DEFAULT);
        replica.suspect();
        assertThat(replica.role()).isEqualTo(Role.SUSPICIOUS);
        replica.receive(N1, new Suspected(1));
        replica.receive(N1, new Suspected(1));
        replica.receive(N3, new Suspected(0));
        assertThat(replica.role()).isEqualTo(Role.SUSPICIOUS);
        replica.receive(N4, new Suspected(1));
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
    }

    /** "... trying again if it detects some request with a higher proposal number": above the one it was told of. */
    @Test
    void whoeverWasToldOfAHigherBallotTriesAgainAboveIt() {
        var replica = Alone.preparing(3, DEFAULT);
        replica.receive(N1, new Rejected(ballot(8, "n3")));
        replica.prepare();
        assertThat(replica.ballot()).isEqualTo(ballot(9, "n2"));
    }

    @Test
    void whoeverIsPromisedIsGivenTheTimeToLeadOnce() {
        var replica = Alone.of(3, DEFAULT);
        replica.suspect();
        replica.receive(N3, prepare(ballot(1, "n3"), 1));
        assertThat(replica.role()).isEqualTo(Role.FOLLOWER);
        replica.advanceMillis(300);
        replica.receive(N3, prepare(ballot(1, "n3"), 1));
        replica.advanceMillis(500);
        assertThat(replica.role()).isEqualTo(Role.SUSPICIOUS);
    }

    @Test
    void whoeverWaitsTooLongForPromisesTriesAgain() {
        var replica = Alone.preparing(3, DEFAULT);
        var first = replica.ballot();
        replica.prepare();
        assertThat(first.isBelow(replica.ballot())).isTrue();
    }

    /** Much may have been accepted, and come in many pieces. */
    @Test
    void whoeverIsToldMoreAndMoreOfAPromiseWaitsOn() {
        var replica = Alone.preparing(3, DEFAULT);
        var ballot = replica.ballot();
        for (long slot = 1; slot < 10; slot++) {
            replica.advanceMillis(390);
            replica.receive(N1, new Promise(ballot, slot, slot, 0, List.of(), 1, Marks.NONE));
        }
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
        replica.receive(N1, promise(ballot, 10, 0));
        assertThat(replica.role()).isEqualTo(Role.LEADER);
    }

    // 2.5 The implementation

    /** "An acceptor records its intended response in stable storage before actually sending the response." */
    @Test
    @Tag("hard-case-40")
    void aPromiseLeavesWhenItIsDurable() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N3, prepare(ballot(1, "n3"), 1));
        assertThat(replica.sent(N3)).isEmpty();
        replica.durable();
        assertThat(replica.sent(N3, Promise.class)).hasSize(1);
    }

    @Test
    @Tag("hard-case-40")
    void anAcceptanceLeavesWhenItIsDurable() {
        var replica = Alone.promised(3, DEFAULT, 1);
        replica.receive(N1, accept(ballot(1, "n1"), 1, 0, A));
        assertThat(replica.sent(N1, Accepted.class)).isEmpty();
        replica.durable();
        assertThat(replica.sent(N1, Accepted.class)).hasSize(1);
    }

    /** "Stable storage, preserved during failures, is used to maintain the information that the acceptor must remember." */
    @Test
    @Tag("hard-case-40")
    void promisesAndAcceptedValuesOutliveACrash() {
        var replica = Alone.promised(3, DEFAULT, 1);
        replica.receive(N1, accept(ballot(1, "n1"), 1, 0, A));
        replica.advanceMillis(400);
        replica.receive(N3, prepare(ballot(2, "n3"), 1));
        replica.durable();
        replica.restart();
        replica.context.clear();
        replica.receive(N1, accept(ballot(1, "n1"), 1, 0, B));
        replica.receive(N3, prepare(ballot(2, "n3"), 1));
        replica.durable();
        assertThat(replica.sent(N1)).containsExactly(new Rejected(ballot(2, "n3")));
        assertThat(replica.sent(N3, Promise.class))
                .extracting(Promise::ballot, Promise::proposals)
                .containsExactly(tuple(ballot(2, "n3"), List.of(placed(1, ballot(1, "n1"), A))));
    }

    /** The proposer's own acceptor is no exception, though it is asked without a message. */
    @Test
    void itsOwnPromiseCountsOnceItIsDurable() {
        var replica = Alone.of(3, DEFAULT);
        replica.prepare();
        replica.receive(N1, replica.promise());
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
        replica.durable();
        assertThat(replica.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void itsOwnAcceptanceCountsOnceItIsDurable() {
        var replica = Alone.leader(3, DEFAULT);
        replica.context.request(A.command());
        replica.receive(N1, new Accepted(replica.ballot(), 1, 1, 1));
        assertThat(replica.chosen()).isZero();
        replica.durable();
        assertThat(replica.chosen()).isEqualTo(1);
    }

    /** "Different proposers choose their numbers from disjoint sets of numbers." */
    @Test
    @Tag("hard-case-41")
    void aBallotCarriesItsNodeAndItsLife() {
        var replica = Alone.preparing(3, DEFAULT);
        assertThat(replica.ballot()).isEqualTo(new Ballot(1, SELF, 1));
        replica.restart();
        replica.prepare();
        assertThat(replica.ballot()).isEqualTo(new Ballot(2, SELF, 2));
    }

    /**
     * "Each proposer remembers (in stable storage) the highest-numbered proposal it has tried to issue." It deviates: what is
     * not durable yet may be forgotten, and the ballot is another one all the same, for its life is in it.
     */
    @Test
    @Tag("hard-case-41")
    void aForgottenBallotIsNotBegunAgain() {
        var replica = Alone.of(3, DEFAULT);
        replica.prepare();
        var forgotten = replica.sent(N1, Prepare.class).get(0).ballot();
        replica.restart();
        replica.context.clear();
        replica.prepare();
        assertThat(replica.ballot()).isEqualTo(new Ballot(1, SELF, 2)).isNotEqualTo(forgotten);
        replica.durable();
        replica.receive(N1, promise(forgotten, 1, 0));
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
    }
}
