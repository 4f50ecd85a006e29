package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.runtime.gateway.GatewayOptions.Bounds;
import dcluster.spi.Response;
import dcluster.spi.Result;
import org.junit.jupiter.api.Test;

/** A client that has closed its sending side, and clients that take no replies. */
class HalfClosedTest extends OneClient {
    @Test
    void whatCameWholeIsAnsweredBeforeTheEnd() {
        say("SET a 1", "SET a 2", "GET a");
        connection.inputEnded();
        assertThat(wire.isClosed()).isFalse();
        sink.answer(0, OK);
        sink.answer(0, OK);
        assertThat(heard()).isEqualTo("+OK +OK ");
        assertThat(wire.isClosed()).isFalse();
        sink.answer(0, found(1));
        assertThat(heard()).startsWith("$1 ");
        assertThat(wire.isClosed()).isTrue();
        assertThat(hub.metrics().connections()).isZero();
    }

    @Test
    void whatWaitsBehindABoundIsTakenAndAnsweredToo() {
        start(new Bounds(2, 1000, 1000, 10_000, 5 << 20, 1 << 20, 1 << 20));
        say("GET a", "GET b", "GET c", "GET d", "GET e");
        connection.inputEnded();
        for (int i = 0; i < 5; i++) {
            assertThat(wire.isClosed()).isFalse();
            sink.answer(0, new Response.Ok(new Result.Absent()));
        }
        assertThat(heard()).isEqualTo("$-1 $-1 $-1 $-1 $-1 ");
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void whatCameInPartIsDropped() {
        say("SET a 1");
        connection.received(Resp.bytes("*2\r\n$3\r\nGET\r\n$1\r\n"));
        connection.inputEnded();
        sink.answer(0, OK);
        assertThat(heard()).isEqualTo("+OK ");
        assertThat(wire.isClosed()).isTrue();
        assertThat(sink.submitted()).containsExactly(put("a", "1"));
        assertThat(hub.metrics().heldBytes()).isZero();
    }

    @Test
    void oneThatAskedForNothingIsClosedAtOnce() {
        connection.inputEnded();
        assertThat(wire.isClosed()).isTrue();
        assertThat(hub.metrics().dropped()).isZero();
    }

    @Test
    void oneThatNeverTakesItsRepliesIsLetGo() {
        wire.clientStopsReading();
        say("PING");
        connection.inputEnded();
        loop.run();
        look(2);
        assertThat(wire.isClosed())
                .as("the replies may have come just before the first look")
                .isFalse();
        look(1);
        assertThat(wire.isClosed()).isTrue();
        assertThat(hub.metrics().dropped()).isEqualTo(1);
        assertThat(hub.metrics().unsentBytes()).isZero();
    }

    @Test
    void oneThatIsSentAwayAndNeverTakesItsRepliesIsLetGo() {
        wire.clientStopsReading();
        say("QUIT");
        loop.run();
        look(3);
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void oneThatWaitsForTheNodeIsNotLetGo() {
        say("SET a 1");
        connection.inputEnded();
        look(10);
        assertThat(wire.isClosed()).isFalse();
        sink.answer(0, OK);
        assertThat(heard()).isEqualTo("+OK ");
    }

    @Test
    void oneThatTakesItsRepliesSlowlyIsNotLetGo() {
        wire.clientStopsReading();
        say("PING", "SET a 1");
        connection.inputEnded();
        loop.run();
        for (int i = 0; i < 10; i++) {
            wire.progresses();
            look(1);
        }
        assertThat(wire.isClosed()).isFalse();
    }

    /** Behind what is not read may stand the end, which nobody sees unless it is read. */
    @Test
    void oneThatMayHaveEndedBehindWhatIsNotReadIsReadOnAndStaysIfItHasNot() {
        start(new Bounds(100, 1000, 1000, 100_000, 5 << 20, 5_000, 1 << 20));
        wire.clientStopsReading();
        say("ECHO " + "x".repeat(1500), "PING");
        loop.run();
        look(2);
        assertThat(wire.isPaused()).isTrue();
        look(1);
        assertThat(wire.isPaused()).isFalse();
        say("PING");
        look(10);
        assertThat(wire.isClosed()).as("it only does not read").isFalse();
        wire.progresses();
        look(1);
        assertThat(wire.isPaused()).as("it takes its replies again").isTrue();

        wire.clientReads();
        assertThat(heard()).endsWith(" +PONG +PONG ");
        assertThat(wire.isClosed()).isFalse();
    }

    @Test
    void oneThatIsReadOnHoldsNoMoreThanItsShare() {
        start(new Bounds(100, 1000, 1000, 100_000, 5 << 20, 5_000, 1 << 20));
        wire.clientStopsReading();
        say("ECHO " + "x".repeat(1500));
        loop.run();
        look(3);
        for (int i = 0; i < 10; i++) {
            say("ECHO " + "x".repeat(1000));
        }
        loop.run();
        look(3);
        assertThat(wire.isClosed()).isTrue();
        assertThat(hub.metrics().heldBytes()).isZero();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            hub.look();
        }
    }
}
