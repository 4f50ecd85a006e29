package dcluster.paxos;

import static dcluster.paxos.Alone.N1;
import static dcluster.paxos.Alone.N3;
import static dcluster.paxos.Alone.accept;
import static dcluster.paxos.Alone.heartbeat;
import static dcluster.paxos.Configs.DEFAULT;
import static dcluster.paxos.Single.A;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.paxos.PaxosMessage.Accepted;
import dcluster.paxos.PaxosMessage.Heartbeat;
import dcluster.paxos.PaxosMessage.HeartbeatReply;
import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.paxos.PaxosMessage.Recover;
import dcluster.paxos.PaxosMessage.TakeOver;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.toolkit.Handover;
import dcluster.toolkit.Inquiry.Nonce;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leadership is handed over by an operator's order (Raft thesis, section 3.10), here by a ballot that begins at once. */
class HandoverTest {
    private static final Command TO_N3 = new Command.Operation(Handover.TRANSFER, List.of("n3"));

    private static final Command TO_ANY = new Command.Operation(Handover.TRANSFER, List.of());

    /** One that has chosen a value. */
    private static Alone leaderOfOne() {
        var leader = Alone.leader(3, DEFAULT);
        leader.context.request(A.command());
        leader.durable();
        leader.receive(N1, new Accepted(leader.ballot(), 1, 1, 1));
        return leader;
    }

    /** A node answers the latest heartbeat, and knows so much to be chosen. */
    private static void answer(Alone leader, NodeId node, long chosen) {
        var heard = leader.sent(node, Heartbeat.class);
        leader.receive(
                node,
                new HeartbeatReply(leader.ballot(), heard.get(heard.size() - 1).round(), chosen));
    }

    @Test
    void theOtherNodeIsToldWhenAllIsChosenAndAnsweredAndKnownToIt() {
        var leader = Alone.leader(3, DEFAULT);
        leader.context.request(A.command());
        leader.context.request(TO_N3);
        leader.durable();
        assertThat(leader.sent(N3, TakeOver.class)).isEmpty();
        leader.receive(N1, new Accepted(leader.ballot(), 1, 1, 1));
        assertThat(leader.sent(N3, TakeOver.class)).isEmpty();
        assertThat(leader.sent(N3, Heartbeat.class))
                .last()
                .extracting(Heartbeat::chosen)
                .isEqualTo(1L);
        answer(leader, N3, 0);
        assertThat(leader.sent(N3, TakeOver.class)).isEmpty();
        answer(leader, N3, 1);
        assertThat(leader.sent(N3, TakeOver.class)).containsExactly(new TakeOver(leader.ballot()));
    }

    @Test
    void ofTheOthersTheOneIsToldThatKnowsMostNotTheOneThatWasHeardLast() {
        var leader = leaderOfOne();
        leader.tick();
        answer(leader, N1, 1);
        leader.advanceMillis(1);
        answer(leader, N3, 0);
        leader.context.request(TO_ANY);
        assertThat(leader.sent(N1, TakeOver.class)).hasSize(1);
        assertThat(leader.sent(N3, TakeOver.class)).isEmpty();
    }

    @Test
    void whoeverRecoversFromAWipeIsNotTold() {
        var leader = leaderOfOne();
        leader.tick();
        answer(leader, N1, 1);
        answer(leader, N3, 1);
        leader.advanceMillis(1);
        leader.receive(N1, new Recover(new Nonce(2, 1)));
        leader.context.request(TO_ANY);
        assertThat(leader.sent(N1, TakeOver.class)).isEmpty();
        assertThat(leader.sent(N3, TakeOver.class)).hasSize(1);
    }

    private static void assertRefused(Alone leader, Command order, String why) {
        var asked = leader.context.request(order);
        leader.durable();
        assertThat(leader.context.reply(asked).orElseThrow())
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo(why));
        assertThat(leader.sent(N3, TakeOver.class)).isEmpty();
    }

    @Test
    void whoeverIsNotHeardOrRecoversIsRefusedAtOnceIfItIsNamed() {
        var leader = leaderOfOne();
        for (int i = 0; i < 5; i++) {
            leader.tick();
            answer(leader, N1, 1);
            leader.receive(N3, new Recover(new Nonce(2, 1)));
        }
        assertRefused(leader, TO_N3, "n3 is not heard: it is down, cut off, or recovers from a wipe");
    }

    /** Two of five may go on writing; but nobody else could be elected, and the leader would have given up its place. */
    @Test
    void whereNoQuorumOfPhase1IsHeardLeadershipIsNotGivenUp() {
        var leader = Alone.leader(5, Configs.of(new Quorums.Flexible(4, 2), PaxosConfig.ReadPath.READ_INDEX));
        for (int i = 0; i < 5; i++) {
            leader.tick();
            answer(leader, N3, 0);
        }
        assertThat(leader.role()).isEqualTo(Role.LEADER);
        assertRefused(leader, TO_N3, "too few nodes are heard to elect another leader");
    }

    @Test
    void whoeverWasToldAndDoesNotTakeOverInTimeMayYet() {
        var leader = Alone.leader(3, DEFAULT);
        var order = leader.context.request(TO_N3);
        assertThat(leader.sent(N3, TakeOver.class)).hasSize(1);
        leader.advanceMillis(DEFAULT.electionTimeout().most().toMillis());
        assertThat(leader.context.reply(order).orElseThrow()).isInstanceOf(Response.Unknown.class);
    }

    /** That nobody is heard does not show that the other one leads. */
    @Test
    void aLeaderThatLosesItsQuorumDoesNotSayThatItHasHandedOver() {
        var leader = Alone.leader(3, DEFAULT);
        leader.advanceMillis(300);
        var order = leader.context.request(TO_N3);
        assertThat(leader.sent(N3, TakeOver.class)).hasSize(1);
        for (int i = 0; i < 6; i++) {
            leader.tick();
        }
        assertThat(leader.role()).isNotEqualTo(Role.LEADER);
        assertThat(leader.context.reply(order).orElseThrow()).isInstanceOf(Response.Unknown.class);
    }

    @Test
    void whoeverIsToldBeginsABallotAtOnceAndIsNotIgnored() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, accept(ballot(1, "n1"), 1, 1, A));
        replica.receive(N1, new TakeOver(ballot(1, "n1")));
        assertThat(replica.sent(N3, Prepare.class)).containsExactly(new Prepare(ballot(2, "n2"), 2, true));
        replica.durable();
        replica.receive(N3, Alone.promise(ballot(2, "n2"), 2, 1));
        assertThat(replica.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void anOrderOfAnotherBallotThanTheLeadersIsStale() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, heartbeat(ballot(1, "n1"), 0));
        replica.receive(N3, heartbeat(ballot(2, "n3"), 0));
        replica.receive(N1, new TakeOver(ballot(1, "n1")));
        assertThat(replica.role()).isEqualTo(Role.FOLLOWER);
        assertThat(replica.sent(N3, Prepare.class)).isEmpty();
    }

    @Test
    void whoeverHearsALeaderPromisesToOneThatItHasTold() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, heartbeat(ballot(1, "n1"), 0));
        replica.receive(N3, new Prepare(ballot(2, "n3"), 1, false));
        replica.durable();
        assertThat(replica.sent(N3, Promise.class)).isEmpty();
        replica.receive(N3, new Prepare(ballot(2, "n3"), 1, true));
        replica.durable();
        assertThat(replica.sent(N3, Promise.class)).hasSize(1);
    }

    @Test
    void theLeaderGivesWayAndRedirectsWhatCameMeanwhile() {
        var leader = Alone.leader(3, DEFAULT);
        var order = leader.context.request(TO_N3);
        var write = leader.context.request(A.command());
        leader.receive(N3, new Prepare(ballot(2, "n3"), 1, true));
        leader.durable();
        assertThat(leader.role()).isEqualTo(Role.FOLLOWER);
        assertThat(leader.context.reply(order).orElseThrow()).isInstanceOf(Response.Ok.class);
        assertThat(leader.context.reply(write)).contains(new Response.Redirect(N3));
        assertThat(leader.sent(N3, Promise.class)).hasSize(1);
    }

    @Test
    void whoeverDoesNotLeadSaysWhoDoes() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, heartbeat(ballot(1, "n1"), 0));
        var order = replica.context.request(TO_N3);
        assertThat(replica.context.reply(order).orElseThrow())
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("this node does not lead; n1 does"));
    }

    /** Nobody waits for a timeout: three messages and a forced write after the order the other one leads. */
    @Test
    void aHandoverTakesNoTimeout() {
        var timed = Timed.led(5, DEFAULT);
        var order = timed.cluster.request(timed.leader(), TO_N3);
        timed.cluster.run(Timed.MESSAGE.multipliedBy(3).plus(Timed.SYNC));
        assertThat(timed.leader()).isEqualTo(new NodeId("n3"));
        assertThat(timed.cluster.isDone(order)).isTrue();
        timed.cluster.run(Duration.ofSeconds(5));
        assertThat(timed.leader()).isEqualTo(new NodeId("n3"));
        assertThat(timed.count("elected")).isEqualTo(2);
    }
}
