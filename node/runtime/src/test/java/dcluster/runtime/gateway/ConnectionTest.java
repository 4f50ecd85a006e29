package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.runtime.admin.Metrics;
import dcluster.runtime.gateway.GatewayOptions.Bounds;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import org.junit.jupiter.api.Test;

/** One or a few clients on sockets in memory, before a node that answers when told: replies, order, the end. */
class ConnectionTest extends OneClient {
    // Replies

    @Test
    void repliesComeInTheOrderOfTheRequests() {
        say("SET a 1", "PING", "SET b 2", "NONSENSE", "SET c 3");
        assertThat(sink.unanswered()).hasSize(3);

        sink.answer(2, OK);
        sink.answer(1, new Response.Unknown("lost"));
        assertThat(heard()).isEmpty();
        sink.answer(0, new Response.Ok(new Result.Applied(false)));
        assertThat(heard())
                .isEqualTo("$-1 +PONG -UNKNOWN lost -ERR unknown command 'NONSENSE', with args beginning with:  +OK ");
    }

    @Test
    void allRepliesOfATurnAreOneWrite() {
        say("PING", "PING", "PING");
        assertThat(heard()).isEqualTo("+PONG +PONG +PONG ");
        assertThat(wire.writes()).isEqualTo(1);

        say("SET a 1", "SET b 2");
        sink.answer(0, OK);
        sink.answer(0, OK);
        assertThat(heard()).isEqualTo("+OK +OK ");
        assertThat(wire.writes()).isEqualTo(2);
        assertThat(hub.metrics().writes()).isEqualTo(2);
    }

    @Test
    void oneTurnEndsForAllClientsTogether() {
        say("PING");
        open(new FakeWire()).received(Resp.bytes("PING\r\n"));
        open(new FakeWire()).received(Resp.bytes("PING\r\n"));
        assertThat(loop.run()).isEqualTo(1);
        assertThat(hub.metrics().writes()).isEqualTo(3);
    }

    @Test
    void aTurnMayBeEndedEarly() {
        say("PING");
        hub.turn().flush();
        assertThat(wire.takeSent()).isEqualTo("+PONG\r\n");
        loop.run();
        assertThat(wire.writes()).isEqualTo(1);
    }

    @Test
    void theTimeToAResultIsCountedForReadsAndWrites() {
        var metrics = new Metrics();
        hub.register(metrics);
        say("SET a 1", "GET b", "GET c");
        sink.answer(0, OK);
        sink.answer(0, new Response.Ok(new Result.Absent()));
        sink.answer(0, new Response.Unknown("lost"));
        assertThat(metrics.read().text())
                .contains(
                        "dcluster_client_latency_seconds_count{kind=\"write\"} 1",
                        "dcluster_client_latency_seconds_count{kind=\"read\"} 1");
    }

    @Test
    void aSecondAnswerToOneRequestIsABrokenInvariant() {
        say("SET a 1", "SET b 1");
        var second = sink.unanswered().get(1).whenAnswered();
        second.accept(OK);
        assertThatThrownBy(() -> second.accept(OK)).isInstanceOf(IllegalStateException.class);
    }

    // Order of commands

    @Test
    void aReadWaitsForTheWriteBeforeIt() {
        say("SET a 1", "GET a", "GET b");
        assertThat(sink.submitted()).containsExactly(put("a", "1"), get("b"));

        sink.answer(0, OK);
        assertThat(sink.submitted()).containsExactly(put("a", "1"), get("b"), get("a"));
    }

    @Test
    void readsOfOneKeyGoTogetherAndAWriteWaitsForThemAll() {
        say("GET a", "GET a", "SET a 1", "GET a");
        assertThat(sink.submitted()).containsExactly(get("a"), get("a"));

        sink.answer(1, new Response.Ok(new Result.Absent()));
        assertThat(sink.submitted()).hasSize(2);
        sink.answer(0, new Response.Ok(new Result.Absent()));
        assertThat(sink.submitted()).endsWith(put("a", "1")).hasSize(3);
        sink.answer(0, OK);
        assertThat(sink.submitted()).endsWith(get("a")).hasSize(4);
    }

    @Test
    void whatConflictsWithAWaitingCommandWaitsBehindIt() {
        say("SET a 1", "MSET a 2 b 2", "GET b", "GET c");
        assertThat(sink.submitted()).containsExactly(put("a", "1"), get("c"));
        sink.answer(0, OK);
        assertThat(sink.submitted()).hasSize(3);
        sink.answer(1, new Response.Failed(Response.Reason.UNAVAILABLE, "no"));
        assertThat(sink.submitted()).endsWith(get("b")).hasSize(4);
    }

    @Test
    void writesFollowWritesAtOnceOnlyWhereTheNodeOrdersThem() {
        say("SET a 1", "SET a 2");
        assertThat(sink.submitted()).containsExactly(put("a", "1"));

        var ordering = new ManualSink(true);
        var ordered = new Hub(GatewayRig.anyPort(), ordering, GatewayRig.FACTS, loop);
        var other = ordered.open(new FakeWire()).orElseThrow();
        other.received(Resp.bytes("SET a 1\r\nINCR a\r\nGET a\r\nSET a 2\r\n"));
        assertThat(ordering.submitted()).containsExactly(put("a", "1"), new Command.Increment(Bytes.utf8("a"), 1));
    }

    @Test
    void aLongChainOfCommandsThatWaitIsSubmittedWithoutEnd() {
        int count = 20_000;
        var options = GatewayRig.anyPort()
                .withBounds(new Bounds(2 * count, 1 << 30, 1 << 20, 1 << 30, 1 << 20, 1 << 30, 1 << 30));
        var node = new ManualSink(false);
        var chain = new Hub(options, node, GatewayRig.FACTS, loop);
        var other = chain.open(wire).orElseThrow();
        other.received(Resp.bytes("INCR a\r\n".repeat(count)));
        assertThat(node.submitted()).hasSize(1);
        node.answerAtOnce(new Response.Ok(new Result.WholeNumber(1)));
        assertThat(node.submitted()).hasSize(count);
    }

    @Test
    void otherConnectionsAreNotWaitedFor() {
        say("SET a 1");
        open(new FakeWire()).received(Resp.bytes("GET a\r\n"));
        assertThat(sink.submitted()).containsExactly(put("a", "1"), get("a"));
    }

    @Test
    void whatWaitedWhenTheClientLeftNeverComes() {
        say("SET a 1", "SET a 2");
        wire.close();
        sink.answer(0, OK);
        assertThat(sink.submitted()).containsExactly(put("a", "1"));
        assertThat(hub.metrics().heldBytes()).isZero();
        assertThat(hub.metrics().connections()).isZero();
    }

    // The end

    @Test
    void aProtocolErrorIsToldAfterEarlierRepliesAndCloses() {
        say("SET a 1");
        connection.received(Resp.bytes("*1\r\n:x\r\nPING\r\n"));
        connection.received(Resp.bytes("PING\r\n"));
        loop.run();
        assertThat(wire.isClosed()).isFalse();
        sink.answer(0, OK);
        assertThat(heard()).isEqualTo("+OK -ERR Protocol error: expected '$', got ':' ");
        assertThat(wire.isClosed()).isTrue();
        assertThat(hub.metrics().protocolErrors()).isEqualTo(1);
    }

    @Test
    void nothingIsClosedBeforeTheClientTookItsReplies() {
        wire.clientStopsReading();
        say("QUIT");
        loop.run();
        assertThat(wire.isClosed()).isFalse();
        wire.clientReads();
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void finishingWaitsForRepliesThatAreOnTheirWay() {
        wire.clientStopsReading();
        say("PING");
        loop.run();
        connection.finish();
        assertThat(wire.isClosed()).isFalse();
        wire.clientReads();
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void finishingAnswersWhatCameAndTakesNothingMore() {
        say("SET a 1", "SET a 2");
        connection.finish();
        say("SET b 1");
        assertThat(wire.isClosed()).isFalse();
        sink.answer(0, OK);
        sink.answer(0, OK);
        assertThat(heard()).isEqualTo("+OK +OK ");
        assertThat(wire.isClosed()).isTrue();
        assertThat(sink.submitted()).containsExactly(put("a", "1"), put("a", "2"));
    }

    @Test
    void aHubThatClosesLetsNobodyIn() {
        hub.close();
        var late = new FakeWire();
        assertThat(hub.open(late)).isEmpty();
        assertThat(late.isClosed()).isTrue();
        assertThat(hub.metrics().turnedAway()).isZero();
    }

    @Test
    void anIdleClientIsClosedAtOnceWhenFinishing() {
        connection.finish();
        assertThat(wire.isClosed()).isTrue();
    }
}
