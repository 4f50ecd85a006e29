package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.get;
import static dcluster.raft.Alone.put;
import static dcluster.raft.Alone.voted;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import org.junit.jupiter.api.Test;

/** What becomes of requests when the state machine has no room for more. */
class FullStoreTest {
    private static final RaftConfig CONFIG = Configs.of(false, false, ReadPath.READ_INDEX);
    private static final String LONG = "x".repeat(300);

    /** A leader whose state may take 1,000 bytes: two long texts, or five short ones. */
    private final Alone leader = elected(Alone.candidate(3, CONFIG, 0));

    private static Alone elected(Alone candidate) {
        candidate.context.capacity(1000);
        candidate.receive(N1, voted(candidate.term(), true));
        candidate.durable();
        candidate.context.clear();
        return candidate;
    }

    private void commit() {
        leader.durable();
        leader.receive(N1, agreed(leader.term(), leader.raft.durable().log().lastIndex()));
    }

    private boolean refused(Request request) {
        return leader.context.reply(request).filter(this::saysFull).isPresent();
    }

    private boolean saysFull(Response response) {
        return response instanceof Response.Failed failed
                && failed.reason() == Response.Reason.OVERLOADED
                && failed.message().startsWith("the store is full (")
                && failed.message().endsWith(" of 1000 bytes): delete keys or raise storage.capacity");
    }

    @Test
    void whatCouldExceedTheCapacityIsRefusedAndIsInNoLog() {
        leader.request(put("a", LONG));
        leader.request(put("b", LONG));
        commit();
        long last = leader.raft.durable().log().lastIndex();
        assertThat(refused(leader.request(put("c", LONG)))).isTrue();
        assertThat(leader.raft.durable().log().lastIndex()).isEqualTo(last);
        assertThat(leader.raft.durable().machine().memoryBytes()).isBetween(800L, 1000L);
    }

    @Test
    void whatIsAppendedAndNotAppliedCounts() {
        leader.request(put("a", LONG));
        leader.request(put("b", LONG));
        assertThat(leader.applied()).isLessThan(2);
        assertThat(refused(leader.request(put("c", LONG)))).isFalse();
        leader.durable();
        assertThat(refused(leader.request(put("c", LONG)))).isTrue();
    }

    @Test
    void readsDeletionsAndWhatDoesNotGrowPass() {
        leader.request(put("a", LONG));
        leader.request(put("b", LONG));
        commit();
        var same = leader.request(put("a", LONG));
        var deletion = leader.request(new Command.Delete(Bytes.utf8("b")));
        var read = leader.request(get("a"));
        commit();
        leader.receive(N1, new HeartbeatReply(leader.term(), 2));
        assertThat(leader.context.reply(same)).contains(new Response.Ok(new Result.Applied(true)));
        assertThat(leader.context.reply(deletion)).contains(new Response.Ok(new Result.WholeNumber(1)));
        assertThat(leader.context.reply(read)).contains(new Response.Ok(new Result.Found(Bytes.utf8(LONG))));
        var again = leader.request(put("c", LONG));
        commit();
        assertThat(leader.context.reply(again)).contains(new Response.Ok(new Result.Applied(true)));
    }

    @Test
    void aNewLeaderCountsWhatItsLogHoldsOfEarlierTerms() {
        var follower = Alone.of(3, CONFIG);
        follower.receive(N1, append(1, 0, 0, 0, put(1, "a", LONG), put(1, "b", LONG)));
        follower.durable();
        follower.timeOut();
        follower.durable();
        elected(follower);
        assertThat(follower.role()).isEqualTo(Role.LEADER);
        assertThat(follower.applied()).isZero();
        var refused = follower.request(put("c", LONG));
        follower.durable();
        assertThat(follower.context.reply(refused).filter(this::saysFull)).isPresent();
        follower.receive(N3, agreed(follower.term(), 3));
        assertThat(follower.applied()).isEqualTo(3);
        follower.request(new Command.Delete(Bytes.utf8("a")));
        follower.durable();
        follower.receive(N3, agreed(follower.term(), 4));
        var taken = follower.request(put("c", LONG));
        follower.durable();
        follower.receive(N3, agreed(follower.term(), 5));
        assertThat(follower.context.reply(taken)).contains(new Response.Ok(new Result.Applied(true)));
    }

    @Test
    void aFollowerAppliesWhatItsLeaderTook() {
        var follower = Alone.of(3, CONFIG);
        follower.context.capacity(1000);
        follower.receive(N1, append(1, 0, 0, 3, put(1, "a", LONG), put(1, "b", LONG), put(1, "c", LONG)));
        assertThat(follower.applied()).isEqualTo(3);
        assertThat(follower.raft.status().details())
                .containsEntry("store capacity", 1000L)
                .containsEntry("store bytes", follower.raft.durable().machine().memoryBytes());
    }
}
