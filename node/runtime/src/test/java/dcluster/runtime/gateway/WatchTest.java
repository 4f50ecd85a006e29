package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Watched;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MULTI and its kin before a node that takes its time, that fails, or that is not sure. */
class WatchTest extends OneClient {
    private static final Bytes A = Bytes.utf8("a");

    private static Response version(long number) {
        return new Response.Ok(new Result.WholeNumber(number));
    }

    @Test
    void whatStandsBehindAWatchWaitsUntilTheVersionIsKnown() {
        say("WATCH a", "GET a", "GET b");
        assertThat(sink.submitted()).containsExactly(new Command.Watch(A));
        assertThat(wire.isPaused()).isTrue();
        sink.answer(0, version(7));
        assertThat(sink.submitted()).containsExactly(new Command.Watch(A), get("a"), get("b"));
        assertThat(wire.isPaused()).isFalse();
        assertThat(hub.counters().pauses).as("none of them for load").isZero();
    }

    @Test
    void aWatchWaitsForEarlierWritesOfItsKey() {
        say("SET a 1", "WATCH a b", "GET a");
        assertThat(sink.submitted()).containsExactly(put("a", "1"));
        sink.answer(0, OK);
        var watches = List.<Command>of(new Command.Watch(A), new Command.Watch(Bytes.utf8("b")));
        assertThat(sink.submitted()).containsExactly(put("a", "1"), new Command.Transaction(watches));
    }

    @Test
    void execIsOneCommandThatTellsTheVersionsAndWaitsForItsKeys() {
        say("WATCH a", "SET b 1", "MULTI", "INCR b", "EXEC", "GET a");
        sink.answer(0, version(7));
        assertThat(sink.submitted()).endsWith(put("b", "1"));
        sink.answer(0, OK);
        var transaction =
                new Command.Transaction(List.of(new Command.Increment(Bytes.utf8("b"), 1)), List.of(new Watched(A, 7)));
        assertThat(sink.submitted())
                .as("what reads a watched key stays behind the transaction")
                .endsWith(transaction);
        sink.answer(
                0,
                new Response.Ok(new Result.Each(List.of(version(2)).stream()
                        .map(each -> ((Response.Ok) each).result())
                        .toList())));
        assertThat(sink.submitted()).endsWith(get("a"));
        assertThat(heard()).isEqualTo("+OK +OK +OK +QUEUED *1 :2 ");
    }

    @Test
    void neitherQueuedCommandsNorAnEmptyTransactionAskTheNode() {
        say("MULTI", "SET a 1", "DISCARD", "MULTI", "EXEC", "UNWATCH");
        assertThat(sink.submitted()).isEmpty();
        assertThat(heard()).isEqualTo("+OK +QUEUED +OK +OK *0 +OK ");
    }

    @Test
    void aTransactionThatFailedOrMayHaveFailedKeepsThePrefixOfThat() {
        say("MULTI", "SET a 1", "EXEC", "MULTI", "SET b 1", "EXEC");
        sink.answer(0, new Response.Unknown("time is up"));
        sink.answer(0, new Response.Failed(Reason.UNAVAILABLE, "no leader"));
        assertThat(heard()).isEqualTo("+OK +QUEUED -UNKNOWN time is up +OK +QUEUED -UNAVAILABLE no leader ");
    }

    @Test
    void aWatchThatFailedAbortsTheTransactionThatWasSentBehindIt() {
        say("WATCH a", "MULTI", "SET a 1", "EXEC", "GET a");
        sink.answer(0, new Response.Failed(Reason.UNAVAILABLE, "no leader"));
        assertThat(sink.submitted()).containsExactly(new Command.Watch(A), get("a"));
        assertThat(heard()).startsWith("-UNAVAILABLE no leader +OK +QUEUED -EXECABORT ");
    }

    @Test
    void anAlgorithmThatHasNoTransactionsSaysSoToWatchAndExec() {
        sink.answerAtOnce(new Response.Failed(Reason.UNSUPPORTED, "this algorithm does not serve it"));
        say("WATCH a", "UNWATCH", "MULTI", "SET a 1", "EXEC");
        assertThat(heard())
                .isEqualTo(
                        "-ERR this algorithm does not serve it +OK +OK +QUEUED -ERR this algorithm does not serve it ");
    }

    @Test
    void aClientThatEndsItsRequestsBehindAWatchGetsAllAnswers() {
        say("WATCH a", "MULTI", "GET a", "EXEC");
        connection.inputEnded();
        sink.answer(0, version(0));
        sink.answer(0, new Response.Ok(new Result.Each(List.of(new Result.Absent()))));
        assertThat(heard()).isEqualTo("+OK +OK +QUEUED *1 $-1 ");
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void anAnswerToAWatchWhoseClientIsGoneIsForNobody() {
        say("WATCH a", "GET a");
        connection.closed();
        sink.answer(0, version(1));
        assertThat(sink.submitted()).containsExactly(new Command.Watch(A));
    }

    @Test
    void transactionsOfAllClientsTogetherAreBounded() {
        start(new GatewayOptions.Bounds(1024, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 10_000, 1 << 20));
        var second = new FakeWire();
        open(second);
        String set = "SET a " + "x".repeat(9000);
        say("MULTI", set);
        say("GET b");
        say(set);
        assertThat(heard()).startsWith("+OK +QUEUED +QUEUED ");
        say("GET b");
        assertThat(heard()).startsWith("-OVERLOADED the clients of this node hold too many bytes");
        say("EXEC");
        assertThat(heard()).startsWith("-EXECABORT ");
        assertThat(hub.held().heldBytes()).isZero();
        assertThat(sink.submitted()).isEmpty();
    }
}
