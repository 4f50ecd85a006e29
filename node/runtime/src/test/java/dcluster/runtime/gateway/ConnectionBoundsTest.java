package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.runtime.gateway.GatewayOptions.Bounds;
import dcluster.spi.Response;
import dcluster.spi.Result;
import org.junit.jupiter.api.Test;

/** What a client may hold and owe, alone and with all others. */
class ConnectionBoundsTest extends OneClient {
    // Bounds

    @Test
    void tooManyUnfinishedRequestsStopTheReadingUntilHalfAreAnswered() {
        start(new Bounds(4, 1000, 1000, 10_000, 5 << 20, 1 << 20, 1 << 20));
        say("GET a", "GET b", "GET c", "GET d", "GET e", "GET f");
        assertThat(sink.submitted()).hasSize(4);
        assertThat(wire.isPaused()).isTrue();

        sink.answer(0, new Response.Ok(new Result.Absent()));
        assertThat(wire.isPaused()).isTrue();
        sink.answer(0, new Response.Ok(new Result.Absent()));
        assertThat(sink.submitted()).hasSize(6);
        assertThat(wire.isPaused()).as("four are unfinished again").isTrue();
        sink.answer(0, new Response.Ok(new Result.Absent()));
        sink.answer(0, new Response.Ok(new Result.Absent()));
        assertThat(wire.isPaused()).isFalse();
        assertThat(hub.metrics().pauses()).isEqualTo(2);
    }

    @Test
    void gatewayAnswersBehindUnfinishedRequestsCountToo() {
        start(new Bounds(4, 1000, 1000, 10_000, 5 << 20, 1 << 20, 1 << 20));
        say("GET a", "PING", "PING", "PING", "PING");
        assertThat(wire.isPaused()).isTrue();
        sink.answer(0, new Response.Ok(new Result.Absent()));
        assertThat(heard()).isEqualTo("$-1 +PONG +PONG +PONG +PONG ");
        assertThat(wire.isPaused()).isFalse();
    }

    @Test
    void tooManyBytesThatWaitForTheirTurnStopTheReading() {
        start(new Bounds(100, 1000, 1000, 10_000, 5 << 20, 1 << 20, 1 << 20));
        var value = "x".repeat(400);
        say("SET a 1", "SET a " + value, "SET a " + value, "SET a " + value, "SET a " + value);
        assertThat(wire.isPaused()).isTrue();
        while (!sink.unanswered().isEmpty()) {
            sink.answer(0, OK);
        }
        assertThat(heard()).isEqualTo("+OK +OK +OK +OK +OK ");
        assertThat(wire.isPaused()).isFalse();
        assertThat(hub.metrics().heldBytes()).isZero();
    }

    @Test
    void aClientThatDoesNotReadIsNotReadUntilItTookHalf() {
        start(new Bounds(100, 1000, 1000, 10_000, 5 << 20, 1 << 20, 1 << 20));
        wire.clientStopsReading();
        var hello = "ECHO " + "x".repeat(300);
        say(hello, hello, hello, hello, hello, hello);
        loop.run();
        assertThat(wire.isPaused()).isTrue();
        assertThat(wire.sentBytes()).as("four of six").isBetween(1200L, 1300L);
        assertThat(hub.metrics().unsentBytes()).isEqualTo(wire.sentBytes());

        wire.clientReads();
        loop.run();
        assertThat(wire.sentBytes()).isBetween(1800L, 2000L);
        assertThat(wire.isPaused()).isFalse();
        assertThat(hub.metrics().unsentBytes()).isZero();
    }

    @Test
    void whatAClientDoesNotTakeIsNotTurnedIntoBytes() {
        start(new Bounds(100, 1000, 1000, 10_000, 5 << 20, 1 << 20, 1 << 20));
        wire.clientStopsReading();
        say("GET a", "GET b", "GET c", "GET d", "GET e");
        for (int i = 0; i < 5; i++) {
            sink.answer(0, found(600));
        }
        loop.run();
        assertThat(wire.sentBytes()).as("two of five").isBetween(1200L, 1300L);
        assertThat(hub.metrics().unsentBytes()).as("all five").isBetween(3000L, 3200L);

        wire.clientReads();
        loop.run();
        assertThat(wire.sentBytes()).isBetween(3000L, 3200L);
        assertThat(hub.metrics().unsentBytes()).isZero();
    }

    @Test
    void aReadThatOwesAClientTooMuchFailsAndAWriteDoesNot() {
        start(new Bounds(100, 1000, 1000, 2_000, 5 << 20, 1 << 20, 1 << 20));
        wire.clientStopsReading();
        say("GET a", "GET b", "SET c 1", "GET d");
        sink.answer(1, found(1500));
        sink.answer(0, found(900));
        sink.answer(0, OK);
        sink.answer(0, found(100));
        loop.run();
        wire.clientReads();
        assertThat(heard()).startsWith("-OVERLOADED ").contains(" +OK $100 ");
        assertThat(wire.isClosed()).isFalse();
        assertThat(hub.metrics().dropped()).isZero();
    }

    @Test
    void aClientThatDoesNotTakeTheRepliesToItsWritesIsLetGo() {
        start(new Bounds(100, 1000, 1000, 2_000, 5 << 20, 1 << 20, 1 << 20));
        wire.clientStopsReading();
        say("GETSET a 1", "GETSET b 1", "GETSET c 1", "GETSET d 1");
        sink.answer(3, found(900));
        sink.answer(0, found(900));
        loop.run();
        assertThat(wire.isClosed()).isFalse();
        sink.answer(0, found(900));
        assertThat(wire.isClosed()).isTrue();
        sink.answer(0, found(900));
        loop.run();
        assertThat(hub.metrics().dropped()).isEqualTo(1);
        assertThat(hub.metrics().unsentBytes()).isZero();
        assertThat(hub.metrics().connections()).isZero();
    }

    @Test
    void whenAllClientsTogetherAreOwedTooMuchTheReadsOfTheGreedyFail() {
        start(new Bounds(100, 1 << 20, 1 << 20, 1 << 20, 5 << 20, 1 << 20, 4_000));
        var small = new FakeWire();
        var modest = open(small);
        wire.clientStopsReading();
        small.clientStopsReading();
        modest.received(Resp.bytes("GET a\r\n"));
        say("GET b", "GET c");
        modest.received(Resp.bytes("GET d\r\n"));
        sink.answer(0, found(1000));
        sink.answer(0, found(3100));
        sink.answer(0, found(100));
        sink.answer(0, found(200));
        loop.run();
        assertThat(wire.takeSent()).contains("\r\n-OVERLOADED ");
        assertThat(small.takeSent()).endsWith("$200\r\n" + "\0".repeat(200) + "\r\n");
    }

    @Test
    void answersOfTheGatewayThatWaitAreBoundedToo() {
        start(new Bounds(100, 1000, 1000, 10_000, 5 << 20, 1 << 20, 1 << 20));
        say("GET a");
        var echo = "ECHO " + "x".repeat(400);
        say(echo, echo, echo, echo, echo);
        assertThat(wire.isPaused()).isTrue();
        assertThat(hub.metrics().unsentBytes()).isBetween(1200L, 1600L);

        sink.answer(0, found(1));
        loop.run();
        assertThat(new Replies(wire.takeSent())).toIterable().hasSize(6);
    }

    @Test
    void requestsWaitWhileTheNodeHasNoRoom() {
        sink.limitTo(1);
        var others = new FakeWire();
        var other = open(others);
        say("GET a", "GET b");
        other.received(Resp.bytes("GET c\r\nPING\r\n"));
        assertThat(sink.submitted()).containsExactly(get("a"));
        assertThat(wire.isPaused()).isTrue();
        assertThat(others.isPaused()).isTrue();

        sink.limitTo(1);
        assertThat(sink.submitted()).containsExactly(get("a"), get("b"));
        sink.limitTo(5);
        assertThat(sink.submitted()).containsExactly(get("a"), get("b"), get("c"));
        assertThat(wire.isPaused()).isFalse();
        assertThat(others.isPaused()).isFalse();
    }

    @Test
    void roomThatAnotherTookIsWaitedForAgain() {
        sink.limitTo(0);
        say("GET a");
        sink.wake();
        assertThat(sink.submitted()).isEmpty();
        sink.limitTo(1);
        assertThat(sink.submitted()).containsExactly(get("a"));
    }

    @Test
    void aClientThatLeftIsNotServedWhenThereIsRoom() {
        sink.limitTo(0);
        say("GET a");
        wire.close();
        sink.limitTo(5);
        assertThat(sink.submitted()).isEmpty();
    }

    @Test
    void aRequestReadInPartIsRefusedWhenAllTogetherHoldTooMuch() {
        start(new Bounds(100, 1 << 20, 1 << 20, 1 << 20, 5 << 20, 1_000, 1 << 20));
        var small = new FakeWire();
        var modest = open(small);
        modest.received(Resp.bytes("*2\r\n$4\r\nECHO\r\n$300\r\n" + "y".repeat(200)));
        connection.received(Resp.bytes("*2\r\n$4\r\nECHO\r\n$2000\r\n" + "x".repeat(1500)));
        assertThat(hub.metrics().heldBytes()).isLessThan(300);

        connection.received(Resp.bytes("x".repeat(500) + "\r\nPING\r\n"));
        modest.received(Resp.bytes("y".repeat(100) + "\r\n"));
        loop.run();
        assertThat(wire.takeSent()).startsWith("-OVERLOADED ").endsWith("\r\n+PONG\r\n");
        assertThat(small.takeSent()).isEqualTo("$300\r\n" + "y".repeat(300) + "\r\n");
        assertThat(hub.metrics().heldBytes()).isZero();
    }

    @Test
    void aCommandThatWouldWaitIsRefusedWhenAllTogetherHoldTooMuch() {
        start(new Bounds(100, 1 << 20, 1 << 20, 1 << 20, 5 << 20, 1_000, 1 << 20));
        say("SET a 1", "SET a " + "x".repeat(1500));
        say("SET a 2", "SET b 2");
        assertThat(sink.submitted()).containsExactly(put("a", "1"), put("b", "2"));
        sink.answer(0, OK);
        sink.answer(0, OK);
        sink.answer(0, OK);
        assertThat(heard()).startsWith("+OK +OK -OVERLOADED ").endsWith(" +OK ");
    }

    @Test
    void aClientThatPipelinesPastAllBoundsIsLetGo() {
        start(new Bounds(1, 1 << 20, 1 << 20, 1 << 20, 5 << 20, 1_000, 1 << 20));
        say("SET a 1", "SET b " + "x".repeat(3000), "PING");
        sink.answer(0, OK);
        assertThat(heard()).startsWith("+OK -OVERLOADED ");
        assertThat(wire.isClosed()).isTrue();
        assertThat(hub.metrics().dropped()).isEqualTo(1);
    }

    @Test
    void oneClientMoreThanAllowedIsTurnedAway() {
        hub = hub(USUAL, 2);
        var first = new FakeWire();
        open(first);
        open(new FakeWire());
        var third = new FakeWire();
        assertThat(hub.open(third)).isEmpty();
        assertThat(third.takeSent()).isEqualTo("-ERR max number of clients reached\r\n");
        assertThat(third.isClosed()).isTrue();

        first.close();
        assertThat(hub.open(new FakeWire())).isPresent();
        assertThat(hub.metrics().turnedAway()).isEqualTo(1);
    }
}
