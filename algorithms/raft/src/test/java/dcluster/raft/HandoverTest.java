package dcluster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.TimeoutNow;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.Handover;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leadership transfer (thesis, section 3.10). */
class HandoverTest {
    private static final Response MOVED = new Response.Ok(new Result.Applied(true));

    private final Alone leader = Alone.leader(3, Configs.DEFAULT, 0);

    private static Command order(String... to) {
        return new Command.Operation(Handover.TRANSFER, List.of(to));
    }

    private void acknowledge(NodeId from) {
        leader.receive(from, Alone.agreed(1, leader.raft.log().lastIndex()));
        leader.durable();
    }

    private List<NodeId> toldToStand() {
        return leader.context.sent().stream()
                .filter(sent -> sent.message() instanceof TimeoutNow)
                .map(sent -> sent.to())
                .toList();
    }

    private Response answer(Request request) {
        return leader.context.replies().stream()
                .filter(replied -> replied.request().equals(request))
                .findFirst()
                .orElseThrow()
                .response();
    }

    @Test
    void theOtherNodeIsToldOnceItHoldsTheLogAndAllIsAnswered() {
        leader.request(order("n3"));
        acknowledge(Alone.N1);
        assertThat(toldToStand()).as("n3 holds nothing yet").isEmpty();
        acknowledge(Alone.N3);
        assertThat(toldToStand()).containsExactly(Alone.N3);
    }

    @Test
    void whatComesMeanwhileIsRedirectedOnceLeadershipHasMoved() {
        var moved = leader.request(order("n3"));
        var put = leader.request(Alone.put("a", "1"));
        acknowledge(Alone.N3);
        leader.receive(Alone.N3, new RequestVote(2, leader.raft.log().lastIndex(), 1, true));
        leader.durable();
        assertThat(answer(moved)).isEqualTo(MOVED);
        assertThat(answer(put)).isEqualTo(new Response.Redirect(Alone.N3));
        assertThat(leader.raft.role()).isEqualTo(Role.FOLLOWER);
    }

    /** Whoever is down, or recovers from a wipe, could not take over; the leader would be out for nothing. */
    @Test
    void whoeverAnswersNoHeartbeatIsRefusedAtOnce() {
        for (int i = 0; i < 4; i++) {
            leader.tick();
            leader.receive(Alone.N1, new RaftMessage.HeartbeatReply(1, i + 2));
        }
        var refused = leader.request(order("n3"));
        assertThat(answer(refused))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.message())
                                .isEqualTo("n3 is not heard: it is down, cut off, or recovers from a wipe"));
        leader.request(order());
        acknowledge(Alone.N1);
        assertThat(toldToStand()).containsExactly(Alone.N1);
    }

    @Test
    void whoeverDoesNotTakeOverInTimeIsGivenUpAndWhatWasKeptIsServed() {
        var moved = leader.request(order("n3"));
        var put = leader.request(Alone.put("a", "1"));
        acknowledge(Alone.N1);
        leader.context.clear();
        for (int i = 0; i < 6; i++) {
            leader.tick();
            leader.receive(Alone.N1, new RaftMessage.HeartbeatReply(1, i + 2));
        }
        leader.durable();
        acknowledge(Alone.N1);
        assertThat(answer(moved))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.message())
                                .isEqualTo("n3 did not catch up in time; n2 goes on leading"));
        assertThat(answer(put)).isEqualTo(MOVED);
    }

    @Test
    void withoutANameTheNodeThatHoldsMostOfTheLogIsChosen() {
        acknowledge(Alone.N3);
        leader.request(order());
        assertThat(toldToStand()).containsExactly(Alone.N3);
    }

    @Test
    void anOrderThatCannotBeCarriedOutIsRefusedWithTheReason() {
        assertThat(refusal(leader.request(order("n2")))).isEqualTo("n2 leads already");
        assertThat(refusal(leader.request(order("n9"))))
                .isEqualTo("leadership is handed to one of [n1, n2, n3], not to n9");
        leader.request(order("n3"));
        assertThat(refusal(leader.request(order("n1")))).isEqualTo("leadership is on its way to n3 already");
    }

    private String refusal(Request request) {
        return ((Response.Failed) answer(request)).message();
    }

    @Test
    void aFollowerSaysWhoLeads() {
        var follower = Alone.follower(3, Configs.DEFAULT, 1, 1);
        follower.request(order());
        assertThat(follower.context.replies().get(0).response())
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("this node does not lead; n1 does"));
    }

    @Test
    void whoeverIsToldStandsAtOnceWithoutAskingWhether() {
        var follower = Alone.follower(3, Configs.DEFAULT, 1, 1);
        follower.receive(Alone.N1, new TimeoutNow(1));
        follower.durable();
        assertThat(follower.context.sent()).extracting(sent -> sent.message()).contains(new RequestVote(2, 1, 1, true));
        follower.receive(Alone.N3, Alone.voted(2, true));
        assertThat(follower.raft.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void anOrderOfAnEarlierTermIsStale() {
        var follower = Alone.follower(3, Configs.DEFAULT, 2, 1);
        follower.receive(Alone.N3, new TimeoutNow(1));
        assertThat(follower.raft.role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void whoeverHearsALeaderVotesForACandidateThatItHasTold() {
        var follower = Alone.follower(3, Configs.DEFAULT, 1, 1);
        follower.receive(Alone.N3, new RequestVote(2, 1, 1, false));
        follower.durable();
        assertThat(follower.raft.durable().term()).as("deaf").isEqualTo(1);
        follower.receive(Alone.N3, new RequestVote(2, 1, 1, true));
        follower.durable();
        assertThat(follower.raft.durable().vote()).isEqualTo(Alone.N3);
    }
}
