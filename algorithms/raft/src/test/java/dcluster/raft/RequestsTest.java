package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.get;
import static dcluster.raft.Alone.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftRecord.Append;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.StateMachine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of clients' requests. */
class RequestsTest {
    private static final RaftConfig SMALL = Configs.with(
            Configs.of(false, false, ReadPath.READ_INDEX),
            Configs.amount(3, 200),
            Configs.amount(100, 10_000),
            Configs.amount(5, 1000),
            Configs.amount(1000, 1_000_000));

    private final Alone leader = settledLeader();

    private static Alone settledLeader() {
        var leader = Alone.leader(3, SMALL, 0);
        leader.receive(N1, agreed(1, 1));
        leader.context.clear();
        return leader;
    }

    private static Response.Reason reason(Response response) {
        return ((Response.Failed) response).reason();
    }

    private Response answer(Request request) {
        return leader.context.reply(request).orElseThrow();
    }

    @Test
    void theRequestsOfATurnAreOneRecord() {
        int records = leader.context.records().size();
        for (int i = 0; i < 3; i++) {
            leader.raft.onRequest(new Request(100 + i, put("a", "" + i)));
        }
        leader.raft.endTurn();
        assertThat(leader.context.records()).hasSize(records + 1);
        assertThat(((Append) leader.context.records().get(records)).entries())
                .containsExactly(put(1, "a", "0"), put(1, "a", "1"), put(1, "a", "2"));
    }

    @Test
    void aRecordIsBoundedLikeABatch() {
        int records = leader.context.records().size();
        for (int i = 0; i < 4; i++) {
            leader.raft.onRequest(new Request(100 + i, put("a", "" + i)));
        }
        leader.raft.endTurn();
        assertThat(leader.context.records().subList(records, records + 2))
                .extracting(record -> ((Append) record).entries().size())
                .containsExactly(3, 1);
    }

    @Test
    void eachRequestIsAnsweredWithItsOwnOutcome() {
        var first = leader.request(new Command.Increment(Bytes.utf8("n"), 5));
        var second = leader.request(new Command.Append(Bytes.utf8("n"), List.of(Bytes.utf8("x"))));
        var third = leader.request(new Command.Increment(Bytes.utf8("n"), 2));
        leader.durable();
        leader.receive(N1, agreed(1, 4));
        assertThat(answer(first)).isEqualTo(new Response.Ok(new Result.WholeNumber(5)));
        assertThat(reason(answer(second))).isEqualTo(Response.Reason.WRONG_TYPE);
        assertThat(answer(third)).isEqualTo(new Response.Ok(new Result.WholeNumber(7)));
    }

    @Test
    void aTransactionIsOneEntry() {
        var transaction =
                leader.request(new Command.Transaction(List.of(new Command.Increment(Bytes.utf8("n"), 5), get("n"))));
        leader.durable();
        leader.receive(N1, agreed(1, 2));
        assertThat(answer(transaction))
                .isEqualTo(new Response.Ok(
                        new Result.Each(List.of(new Result.WholeNumber(5), new Result.Found(Bytes.utf8("5"))))));
    }

    @Test
    void aTransactionWhoseWatchedKeyHasChangedByItsPlaceInTheLogHasNoEffect() {
        var key = Bytes.utf8("n");
        leader.request(put("n", "1"));
        var watched = List.of(new Command.Watched(key, 1));
        var first = leader.request(new Command.Transaction(List.of(new Command.Increment(key, 5)), watched));
        var second = leader.request(new Command.Transaction(List.of(new Command.Increment(key, 5)), watched));
        leader.durable();
        leader.receive(N1, agreed(1, 4));
        assertThat(answer(first)).isEqualTo(new Response.Ok(new Result.Each(List.of(new Result.WholeNumber(6)))));
        assertThat(answer(second)).isEqualTo(new Response.Ok(new Result.Applied(false)));
    }

    @Test
    void answersOfCommittedCommandsDoNotWaitForLaterWrites() {
        var first = leader.request(put("a", "1"));
        leader.durable();
        leader.request(put("a", "2"));
        leader.receive(N1, agreed(1, 2));
        assertThat(leader.context.reply(first)).isPresent();
        assertThat(leader.context.held()).isPositive();
    }

    @Test
    void tooManyRequestsInFlightAreRefusedAndLaterServedAgain() {
        for (int i = 0; i < 5; i++) {
            leader.request(put("a", "" + i));
        }
        var refused = leader.request(put("a", "6"));
        leader.durable();
        assertThat(reason(answer(refused))).isEqualTo(Response.Reason.OVERLOADED);
        leader.receive(N1, agreed(1, 6));
        var served = leader.request(put("a", "7"));
        leader.durable();
        leader.receive(N1, agreed(1, 7));
        assertThat(answer(served)).isInstanceOf(Response.Ok.class);
    }

    @Test
    void tooManyBytesInFlightAreRefusedButOneLargeRequestIsNot() {
        var large = leader.request(put("a", "x".repeat(2000)));
        var refused = leader.request(put("b", "y"));
        leader.durable();
        assertThat(reason(answer(refused))).isEqualTo(Response.Reason.OVERLOADED);
        leader.receive(N1, agreed(1, 2));
        assertThat(answer(large)).isInstanceOf(Response.Ok.class);
    }

    @Test
    void tooManyReadsWaitingAreRefused() {
        for (int i = 0; i < 5; i++) {
            leader.request(get("a"));
        }
        assertThat(reason(answer(leader.request(get("a"))))).isEqualTo(Response.Reason.OVERLOADED);
    }

    @Test
    @Tag("hard-case-18")
    void whatWasAppendedByADeposedLeaderHasAnUnknownOutcome() {
        var write = leader.request(put("a", "1"));
        leader.receive(N3, append(2, 1, 1, 1));
        leader.durable();
        assertThat(answer(write)).isInstanceOf(Response.Unknown.class);
    }

    @Test
    void whatWasNotYetAppendedByADeposedLeaderWasCertainlyNotDone() {
        var write = new Request(100, put("a", "1"));
        var read = new Request(101, get("a"));
        leader.raft.onRequest(write);
        leader.raft.onRequest(read);
        leader.raft.onMessage(N3, append(2, 1, 1, 1));
        leader.raft.endTurn();
        leader.durable();
        assertThat(answer(write)).isEqualTo(new Response.Redirect(N3));
        assertThat(answer(read)).isEqualTo(new Response.Redirect(N3));
        assertThat(leader.raft.durable().log().lastIndex()).isEqualTo(1);
    }

    @Test
    void aDeposedLeaderThatKnowsNoOtherFailsWhatItDidNotDo() {
        var read = leader.request(get("a"));
        leader.receive(N3, new RaftMessage.StaleTerm(2));
        leader.durable();
        assertThat(reason(answer(read))).isEqualTo(Response.Reason.UNAVAILABLE);
    }

    @Test
    void aCommandThatIsCommittedLaterIsNotAnsweredTwice() {
        var write = leader.request(put("a", "1"));
        leader.durable();
        leader.receive(N3, append(2, 2, 1, 2));
        leader.durable();
        assertThat(leader.applied()).isEqualTo(2);
        assertThat(leader.context.replies())
                .singleElement()
                .matches(reply -> reply.request().equals(write) && reply.response() instanceof Response.Unknown);
    }

    @Test
    void applyingMuchLeavesRoomForOtherEvents() {
        var follower = Alone.of(3, Configs.of(false, false, ReadPath.READ_INDEX));
        int count = StateMachine.SLICE + 10;
        var terms = new long[count];
        Arrays.fill(terms, 1);
        follower.receive(N1, append(1, 0, 0, count, Alone.noOps(terms)));
        assertThat(follower.applied()).isEqualTo(StateMachine.SLICE);
        assertThat(follower.remaining(RaftTimer.APPLY)).isZero();
        follower.advanceMillis(0);
        assertThat(follower.applied()).isEqualTo(count);
        assertThat(follower.context.timers()).doesNotContainKey(RaftTimer.APPLY);
    }
}
