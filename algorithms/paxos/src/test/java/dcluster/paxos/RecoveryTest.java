package dcluster.paxos;

import static dcluster.paxos.Alone.N1;
import static dcluster.paxos.Alone.N3;
import static dcluster.paxos.Alone.SELF;
import static dcluster.paxos.Alone.accept;
import static dcluster.paxos.Alone.heartbeat;
import static dcluster.paxos.Alone.prepare;
import static dcluster.paxos.Configs.DEFAULT;
import static dcluster.paxos.Single.A;
import static dcluster.paxos.Single.B;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.paxos.PaxosMessage.Accepted;
import dcluster.paxos.PaxosMessage.HeartbeatReply;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.paxos.PaxosMessage.Recover;
import dcluster.paxos.PaxosMessage.RecoverReply;
import dcluster.paxos.PaxosMessage.Rejected;
import dcluster.paxos.PaxosRecord.Mark;
import dcluster.paxos.PaxosRecord.Recovered;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import dcluster.toolkit.Inquiry.Nonce;
import dcluster.toolkit.Marks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wiped replica, and those that it asks. */
class RecoveryTest {
    private static final Nonce FIRST = new Nonce(2, 1);
    private static final Marks MARKED = Marks.NONE.with(SELF, 2);
    private static final Ballot LED = ballot(4, "n1");

    /** Wiped, in a cluster of three; it had promised ballot 4 once. */
    private static Alone wiped() {
        var alone = Alone.promised(3, DEFAULT, 4);
        alone.wipe();
        alone.context.clear();
        return alone;
    }

    private static RecoverReply leads(Ballot ballot, long last) {
        return new RecoverReply(FIRST, 1, ballot, true, last, MARKED);
    }

    private static RecoverReply follows(Ballot ballot) {
        return new RecoverReply(FIRST, 1, ballot, false, 0, MARKED);
    }

    /** Both others have answered, n1 leads and has proposed in two instances, and has sent them. */
    private static Alone fed() {
        var alone = wiped();
        alone.receive(N1, leads(LED, 2));
        alone.receive(N3, follows(LED));
        alone.receive(N1, accept(LED, 1, 0, A, B));
        return alone;
    }

    // The one that was wiped

    @Test
    void itAsksAllOthersAgainAndAgain() {
        var alone = wiped();
        assertThat(alone.paxos.status().role()).isEqualTo(Status.RECOVERING);
        for (int i = 0; i < 3; i++) {
            alone.tick();
        }
        assertThat(alone.sent(N1)).hasSize(3).containsOnly(new Recover(FIRST));
        assertThat(alone.sent(N3)).hasSize(3).containsOnly(new Recover(FIRST));
    }

    @Test
    void itPromisesNothingAndAcknowledgesNothing() {
        var alone = wiped();
        alone.receive(N3, prepare(ballot(9, "n3"), 1));
        alone.receive(N1, accept(LED, 1, 0, A));
        alone.receive(N1, heartbeat(LED, 0));
        alone.durable();
        assertThat(alone.sent(N3, Promise.class)).isEmpty();
        assertThat(alone.sent(N1, Accepted.class)).isEmpty();
        assertThat(alone.sent(N1, HeartbeatReply.class)).isEmpty();
    }

    @Test
    void itAnswersNoOtherThatRecovers() {
        var alone = wiped();
        alone.receive(N3, new Recover(new Nonce(5, 1)));
        alone.durable();
        assertThat(alone.sent(N3)).isEmpty();
    }

    @Test
    void itRecoversWhenItHoldsAllThatTheLeaderHadProposed() {
        var alone = fed();
        assertThat(alone.context.records()).contains(new Recovered(LED, MARKED));
        assertThat(alone.paxos.status().role()).isEqualTo(Status.RECOVERING);
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
        alone.context.clear();
        alone.receive(N1, accept(LED, 1, 0, A, B));
        alone.durable();
        assertThat(alone.sent(N1, Accepted.class)).containsExactly(new Accepted(LED, 1, 2, 2));
    }

    @Test
    void withoutTheLeadersProposalsItDoesNotRecover() {
        var alone = wiped();
        alone.receive(N1, leads(LED, 2));
        alone.receive(N3, follows(LED));
        alone.receive(N1, accept(LED, 2, 0, B));
        alone.durable();
        assertThat(alone.paxos.status().role()).isEqualTo(Status.RECOVERING);
        alone.receive(N1, accept(LED, 1, 0, A));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
    }

    /** One answer of two leaves a quorum that it knows nothing of: the other one and itself. */
    @Test
    void oneAnswerIsNotEnough() {
        var alone = wiped();
        alone.receive(N1, leads(LED, 1));
        alone.receive(N1, accept(LED, 1, 0, A));
        alone.durable();
        assertThat(alone.paxos.status().role()).isEqualTo(Status.RECOVERING);
    }

    /** Somebody may have been promised more by the one that was wiped. */
    @Test
    void theLeaderMustLeadTheGreatestBallotThatWasAnswered() {
        var alone = wiped();
        alone.receive(N1, leads(LED, 1));
        alone.receive(N3, follows(ballot(5, "n3")));
        alone.receive(N1, accept(LED, 1, 0, A));
        alone.durable();
        assertThat(alone.paxos.status().role()).isEqualTo(Status.RECOVERING);
    }

    @Test
    void whatItPromisedByRecoveringItKeeps() {
        var alone = fed();
        alone.durable();
        alone.restart();
        alone.context.clear();
        assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
        alone.receive(N3, accept(ballot(3, "n3"), 1, 0, B));
        alone.durable();
        assertThat(alone.sent(N3)).containsExactly(new Rejected(LED));
        assertThat(alone.paxos.durable().marks()).isEqualTo(MARKED);
    }

    /** The later leader may propose nothing for long. */
    @Test
    void ifAnotherLeadsALaterBallotByThenItAsksAnew() {
        var alone = wiped();
        alone.receive(N1, leads(LED, 1));
        alone.receive(N3, follows(LED));
        var later = ballot(5, "n3");
        alone.receive(N3, heartbeat(later, 0));
        alone.receive(N1, accept(LED, 1, 0, A));
        alone.durable();
        assertThat(alone.paxos.status().role()).isEqualTo(Status.RECOVERING);
        alone.context.clear();
        alone.tick();
        var again = new Nonce(2, 2);
        assertThat(alone.sent(N1)).containsExactly(new Recover(again));
        alone.receive(N1, new RecoverReply(again, 1, later, false, 0, MARKED));
        alone.receive(N3, new RecoverReply(again, 1, later, true, 0, MARKED));
        alone.durable();
        assertThat(alone.role()).isEqualTo(Role.FOLLOWER);
    }

    // The others

    @Test
    void whoeverIsAskedMarksTheAskerDurablyAndTellsHowFarPromisesWent() {
        var alone = Alone.promised(3, DEFAULT, 4);
        alone.receive(N3, new Recover(new Nonce(7, 1)));
        assertThat(alone.sent(N3)).isEmpty();
        alone.durable();
        var marks = Marks.NONE.with(N3, 7);
        assertThat(alone.context.records()).contains(new Mark(N3, 7));
        assertThat(alone.sent(N3)).containsExactly(new RecoverReply(new Nonce(7, 1), 1, LED, false, 0, marks));
    }

    /** Its earlier word is void, so its acceptance does not count any more, and it is asked for it again. */
    @Test
    void aLeaderForgetsWhatAWipedAcceptorHasAccepted() {
        var leader = Alone.leader(5, DEFAULT);
        leader.context.request(A.command());
        leader.durable();
        leader.receive(N3, new Accepted(leader.ballot(), 1, 1, 1));
        leader.receive(N3, new Recover(new Nonce(7, 1)));
        leader.receive(N1, new Accepted(leader.ballot(), 1, 1, 1));
        assertThat(leader.chosen()).isZero();
        // One that was on its way for long.
        leader.receive(N3, new Accepted(leader.ballot(), 1, 1, 6));
        assertThat(leader.chosen()).isZero();
        leader.receive(N3, new Accepted(leader.ballot(), 1, 1, 7));
        assertThat(leader.chosen()).isEqualTo(1);
    }

    /** It answers no heartbeat and counts in no quorum, so a leader that hears nobody else leads no more. */
    @Test
    void whoeverRecoversKeepsNoLeaderInOffice() {
        var leader = Alone.leader(3, DEFAULT);
        for (int i = 0; i < 9; i++) {
            leader.receive(N3, new Recover(new Nonce(7, 1)));
            leader.tick();
        }
        assertThat(leader.role()).isNotEqualTo(Role.LEADER);
    }

    /** Two promises of which one marks the other as void are no quorum. */
    @Test
    void aPromiseFromBeforeAWipeDoesNotCountBesideOneThatMarksIt() {
        var replica = Alone.preparing(5, DEFAULT);
        replica.receive(N1, replica.promise());
        replica.receive(N3, new Promise(replica.ballot(), 1, Long.MAX_VALUE, 0, List.of(), 1, Marks.NONE.with(N1, 2)));
        assertThat(replica.role()).isEqualTo(Role.PREPARING);
        replica.receive(Alone.N4, replica.promise());
        assertThat(replica.role()).isEqualTo(Role.LEADER);
    }

    /** It comes back under load, and counts: with it and without another all goes on. */
    @Test
    void aWipedNodeComesBackAndCounts() {
        var timed = Timed.led(3, DEFAULT);
        var n3 = new NodeId("n3");
        for (int i = 0; i < 20; i++) {
            timed.write();
        }
        timed.settle();
        timed.cluster.wipe(n3);
        timed.write();
        assertThat(timed.cluster.runUntil(() -> timed.count("has recovered") == 1, Duration.ofSeconds(5)))
                .isTrue();
        timed.cluster.crash(new NodeId("n2"));
        var write = timed.write();
        assertThat(timed.cluster.runUntil(() -> timed.cluster.isDone(write), Duration.ofSeconds(5)))
                .isTrue();
        assertThat(timed.cluster.replica(n3).durable().vows().last()).isEqualTo(22);
    }
}
