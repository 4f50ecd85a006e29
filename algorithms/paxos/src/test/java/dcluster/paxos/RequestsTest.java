package dcluster.paxos;

import static dcluster.paxos.Alone.N1;
import static dcluster.paxos.Alone.N3;
import static dcluster.paxos.Alone.heartbeat;
import static dcluster.paxos.Alone.placed;
import static dcluster.paxos.Configs.DEFAULT;
import static dcluster.paxos.Single.A;
import static dcluster.paxos.Single.B;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.paxos.PaxosConfig.ReadPath;
import dcluster.paxos.PaxosMessage.Accept;
import dcluster.paxos.PaxosMessage.Accepted;
import dcluster.paxos.PaxosMessage.HeartbeatReply;
import dcluster.paxos.PaxosMessage.Rejected;
import dcluster.paxos.PaxosMessage.Suspect;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of clients' requests. */
class RequestsTest {
    private static final Command READ = new Command.Get(Bytes.utf8("a"));

    private static Response.Reason reason(Response response) {
        return ((Response.Failed) response).reason();
    }

    @Test
    void aFollowerRedirectsToTheLeader() {
        var replica = Alone.of(3, DEFAULT);
        replica.receive(N1, heartbeat(ballot(1, "n1"), 0));
        var write = replica.context.request(A.command());
        assertThat(replica.context.reply(write)).contains(new Response.Redirect(N1));
    }

    @Test
    void whoeverKnowsNoLeaderRefuses() {
        var replica = Alone.of(3, DEFAULT);
        var write = replica.context.request(A.command());
        assertThat(reason(replica.context.reply(write).orElseThrow())).isEqualTo(Response.Reason.UNAVAILABLE);
    }

    @Test
    void eachRequestIsAnsweredWithItsOwnOutcome() {
        var leader = Alone.leader(3, DEFAULT);
        var first = leader.context.request(new Command.Increment(Bytes.utf8("n"), 5));
        var second = leader.context.request(new Command.Increment(Bytes.utf8("n"), 2));
        leader.durable();
        leader.receive(N1, new Accepted(leader.ballot(), 1, 2, 1));
        assertThat(leader.context.reply(first)).contains(new Response.Ok(new Result.WholeNumber(5)));
        assertThat(leader.context.reply(second)).contains(new Response.Ok(new Result.WholeNumber(7)));
    }

    /** What was proposed may yet be chosen by another leader; a read has changed nothing. */
    @Test
    void whenALeaderLeadsNoMoreWritesHaveAnUnknownEndAndReadsADefiniteOne() {
        var leader = Alone.leader(3, DEFAULT);
        var write = leader.context.request(A.command());
        var read = leader.context.request(READ);
        leader.receive(N1, new Rejected(ballot(9, "n3")));
        leader.durable();
        assertThat(leader.context.reply(write).orElseThrow()).isInstanceOf(Response.Unknown.class);
        assertThat(reason(leader.context.reply(read).orElseThrow())).isEqualTo(Response.Reason.UNAVAILABLE);
    }

    @Test
    void aReadIsAnsweredWhenAQuorumHasAnsweredARoundThatBeganAfterIt() {
        var leader = Alone.leader(5, DEFAULT);
        var read = leader.context.request(READ);
        leader.receive(N1, new HeartbeatReply(leader.ballot(), 1, 0));
        leader.receive(N3, new HeartbeatReply(leader.ballot(), 1, 0));
        leader.receive(N1, new HeartbeatReply(leader.ballot(), 2, 0));
        assertThat(leader.context.reply(read)).isEmpty();
        leader.receive(N3, new HeartbeatReply(leader.ballot(), 2, 0));
        assertThat(leader.context.reply(read)).contains(new Response.Ok(new Result.Absent()));
    }

    /** An earlier leader may have had it chosen, and have told its client. */
    @Test
    void aNewLeaderReadsOnlyAfterAllThatItInheritsIsChosen() {
        var replica = Alone.preparing(3, DEFAULT);
        replica.receive(N3, replica.promise(placed(1, new Ballot(1, N1, 1), A)));
        replica.durable();
        var read = replica.context.request(READ);
        replica.receive(N3, new HeartbeatReply(replica.ballot(), 2, 0));
        assertThat(replica.context.reply(read)).isEmpty();
        replica.receive(N3, new Accepted(replica.ballot(), 1, 1, 1));
        assertThat(replica.context.reply(read)).contains(new Response.Ok(new Result.Found(Bytes.utf8("1"))));
    }

    @Test
    void aReadByTheLogIsAnInstanceOfItsOwn() {
        var leader = Alone.leader(3, Configs.of(new Quorums.Majority(), ReadPath.LOG));
        var read = leader.context.request(READ);
        assertThat(leader.sent(N1, Accept.class))
                .extracting(Accept::values)
                .containsExactly(List.of(new Value.Apply(READ)));
        leader.durable();
        leader.receive(N1, new Accepted(leader.ballot(), 1, 1, 1));
        assertThat(leader.context.reply(read)).contains(new Response.Ok(new Result.Absent()));
    }

    @Test
    void aMessageIsBoundedLikeABatch() {
        var leader = Alone.leader(3, Configs.small(2));
        leader.paxos.onRequest(new Request(101, A.command()));
        leader.paxos.onRequest(new Request(102, B.command()));
        leader.paxos.onRequest(new Request(103, A.command()));
        leader.paxos.endTurn();
        assertThat(leader.sent(N1, Accept.class)).extracting(Accept::values).containsExactly(List.of(A, B), List.of(A));
    }

    @Test
    void theFirstNodeOfANewClusterDoesNotWaitForATimeout() {
        var context = new RecordingContext<PaxosMessage, PaxosRecord, PaxosTimer>(N1, Members.of(3), 7);
        context.attach(new Paxos(DEFAULT, context));
        assertThat(context.sent(N3, Suspect.class)).hasSize(1);
        context.advance(DEFAULT.heartbeatInterval());
        assertThat(context.sent(N3, Suspect.class)).hasSize(2);
    }

    @Test
    void itHurriesInItsFirstLifeAlone() {
        var context = new RecordingContext<PaxosMessage, PaxosRecord, PaxosTimer>(N1, Members.of(3), 7);
        context.attach(new Paxos(DEFAULT, context));
        context.crashAndRestart(again -> new Paxos(DEFAULT, again));
        context.clear();
        context.advance(DEFAULT.electionTimeout().least().minusMillis(1));
        assertThat(context.sent()).isEmpty();
    }

    @Test
    void oneNodeAloneServes() {
        var context = new RecordingContext<PaxosMessage, PaxosRecord, PaxosTimer>(N1, Members.of(1), 7);
        var alone = context.attach(new Paxos(DEFAULT, context));
        context.durable();
        var write = context.request(A.command());
        context.durable();
        var read = context.request(READ);
        context.durable();
        assertThat(alone.proposer().role()).isEqualTo(Role.LEADER);
        assertThat(context.reply(write).orElseThrow()).isInstanceOf(Response.Ok.class);
        assertThat(context.reply(read)).contains(new Response.Ok(new Result.Found(Bytes.utf8("1"))));
    }
}
