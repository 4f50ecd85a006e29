package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.toolkit.Store;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SESSION before a store that answers at once and remembers three of them, with two clients. */
class SessionsTest {
    private final FakeLoop loop = new FakeLoop();
    private final FakeWire wire = new FakeWire();
    private final FakeWire otherWire = new FakeWire();
    private final Hub hub = new Hub(GatewayRig.anyPort(), new StoreSink(), GatewayRig.FACTS, loop);
    private final Connection connection = hub.open(wire).orElseThrow();
    private final Connection other = hub.open(otherWire).orElseThrow();

    private String say(String... requests) {
        return say(connection, wire, requests);
    }

    private String otherSays(String... requests) {
        return say(other, otherWire, requests);
    }

    /** All in one read. */
    private String say(Connection to, FakeWire on, String... requests) {
        var bytes = new StringBuilder();
        for (var request : requests) {
            bytes.append(Resp.command(request));
        }
        to.received(Resp.bytes(bytes.toString()));
        loop.run();
        return on.takeSent().replace("\r\n", " ");
    }

    @Test
    @Tag("hard-case-16")
    void aCommandThatIsAskedAgainOnAnotherConnectionIsAppliedOnceAndAnsweredAlike() {
        assertThat(say("SESSION OPEN", "session open")).isEqualTo(":1 :2 ");
        assertThat(say("SET a x", "SESSION 1 1 CAS a x y", "SESSION 1 1 CAS a x y"))
                .isEqualTo("+OK :1 :1 ");
        assertThat(otherSays("SESSION 1 1 CAS a x y")).isEqualTo(":1 ");
        assertThat(say("SESSION 2 1 INCR n", "session 2 1 incr n", "SESSION 2 2 INCR n"))
                .isEqualTo(":1 :1 :2 ");
        assertThat(otherSays("SESSION 2 2 INCR n", "GET n")).isEqualTo(":2 $1 2 ");
    }

    @Test
    void everyCommandOnKeysIsAnsweredAsItWouldBeAlone() {
        say("SESSION OPEN");
        assertThat(say(
                        "SESSION 1 1 SET a 1",
                        "SESSION 1 2 SET a 2 NX",
                        "SESSION 1 3 GETSET a 3",
                        "SESSION 1 3 GETSET a 3",
                        "SESSION 1 4 RPUSH l x y",
                        "SESSION 1 5 LRANGE l 0 -1",
                        "SESSION 1 6 MSET a 4 b 5",
                        "SESSION 1 6 MSET a 4 b 5",
                        "SESSION 1 7 MGET a b",
                        "SESSION 1 8 DEL a b",
                        "SESSION 1 8 DEL a b",
                        "SESSION 1 9 INCR l",
                        "SESSION 1 9 INCR l"))
                .isEqualTo("+OK $-1 $1 1 $1 1 :2 *2 $1 x $1 y +OK +OK *2 $1 4 $1 5 :2 :2 "
                        + "-WRONGTYPE Operation against a key holding the wrong kind of value ".repeat(2));
    }

    @Test
    @Tag("hard-case-16")
    void aTransactionIsAskedInASessionByItsExec() {
        say("SESSION OPEN");
        assertThat(say("MULTI", "INCR a", "RPUSH l x", "SESSION 1 1 EXEC")).isEqualTo("+OK +QUEUED +QUEUED *2 :1 :1 ");
        assertThat(otherSays("MULTI", "INCR a", "RPUSH l x", "SESSION 1 1 EXEC"))
                .isEqualTo("+OK +QUEUED +QUEUED *2 :1 :1 ");
        assertThat(say("GET a", "SESSION 1 2 EXEC", "MULTI", "SESSION 1 2 EXEC"))
                .isEqualTo("$1 1 -ERR EXEC without MULTI +OK *0 ");
    }

    @Test
    void aTransactionThatIsAskedAgainWatchesAnewAndIsAnsweredAlike() {
        say("SESSION OPEN", "WATCH a", "MULTI", "INCR a");
        assertThat(say("SESSION 1 1 EXEC")).isEqualTo("*1 :1 ");
        assertThat(otherSays("WATCH a", "MULTI", "INCR a", "SESSION 1 1 EXEC")).isEqualTo("+OK +OK +QUEUED *1 :1 ");
        say("WATCH a", "MULTI", "INCR a", "INCR b");
        otherSays("SET a 5");
        assertThat(say("SESSION 1 2 EXEC")).isEqualTo("*-1 ");
        assertThat(say("WATCH a", "MULTI", "INCR a", "INCR b", "SESSION 1 2 EXEC", "GET a"))
                .isEqualTo("+OK +OK +QUEUED +QUEUED *-1 $1 5 ");
        assertThat(say("MULTI", "INCR a", "INCR b", "SESSION 1 2 EXEC"))
                .contains("-ERR sequence 2 of this session was another command");
    }

    @Test
    void whatIsNotRememberedIsUnknownAndWhatNeverWasIsAnError() {
        say("SESSION OPEN", "SESSION OPEN", "SESSION OPEN", "SESSION 1 7 INCR a", "SESSION OPEN");
        assertThat(say("SESSION 2 1 INCR a")).startsWith("-UNKNOWN the session has expired");
        assertThat(say("SESSION 1 6 INCR a")).startsWith("-UNKNOWN a greater sequence was applied");
        assertThat(say("SESSION 9 1 INCR a")).startsWith("-ERR there was never a session 9");
        assertThat(say("SESSION 1 7 DECR a")).startsWith("-ERR sequence 7 of this session was another command");
        assertThat(say("GET a")).isEqualTo("$1 1 ");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            SESSION               => -ERR wrong number of arguments for 'session' command
            SESSION 1             => -ERR wrong number of arguments for 'session' command
            SESSION 1 1           => -ERR wrong number of arguments for 'session' command
            SESSION OPEN now      => -ERR wrong number of arguments for 'session|open' command
            SESSION 1 1 GET       => -ERR wrong number of arguments for 'get' command
            SESSION x 1 GET a     => -ERR value is not an integer or out of range
            SESSION 1 x GET a     => -ERR value is not an integer or out of range
            SESSION 0 1 GET a     => -ERR sessions and their sequences are numbered from 1: SESSION number sequence command ..., with the number that SESSION OPEN answers
            SESSION 1 0 GET a     => -ERR sessions and their sequences are numbered from 1: SESSION number sequence command ..., with the number that SESSION OPEN answers
            SESSION 1 1 PING      => -ERR ping is not allowed in a session: only commands on keys and EXEC are
            SESSION 1 1 MULTI     => -ERR multi is not allowed in a session: only commands on keys and EXEC are
            SESSION 1 1 WATCH a   => -ERR watch is not allowed in a session: only commands on keys and EXEC are
            SESSION 1 1 SESSION 1 1 GET a => -ERR session is not allowed in a session: only commands on keys and EXEC are
            SESSION 1 1 NONSENSE  => -ERR unknown command 'NONSENSE', with args beginning with:
            """)
    void whatMakesNoSenseIsRefused(String request, String error) {
        assertThat(say(request).strip()).isEqualTo(error);
    }

    @Test
    void betweenMultiAndExecNoCommandIsInASessionAndWhoTriesAborts() {
        say("SESSION OPEN");
        assertThat(say("MULTI", "SESSION 1 1 INCR a"))
                .contains("SESSION number sequence EXEC puts the whole transaction");
        assertThat(say("SESSION 1 1 EXEC")).startsWith("-EXECABORT");
        assertThat(say("MULTI", "SESSION OPEN")).contains("open the session before");
        assertThat(say("EXEC")).startsWith("-EXECABORT");
        assertThat(say("SESSION 1 1 INCR a")).isEqualTo(":1 ");
    }

    @Test
    void aReadInASessionIsCarriedOutAnewAndLeavesNothingThere() {
        say("SESSION OPEN");
        assertThat(say("SET a x", "SESSION 1 5 GET a", "SET a y", "SESSION 1 5 GET a"))
                .isEqualTo("+OK $1 x +OK $1 y ");
        assertThat(say("SESSION 1 5 SET a z", "SESSION 1 4 GET a")).isEqualTo("+OK $1 z ");
    }

    // Order

    /** So a client asks one command of a session after the other. */
    @Test
    void ofTwoInOnePipelineThatShareNoKeyTheLaterMayComeFirstAndThenTheEarlierIsNeverApplied() {
        var sink = new ManualSink(false);
        var client = new Hub(GatewayRig.anyPort(), sink, GatewayRig.FACTS, loop)
                .open(wire)
                .orElseThrow();
        var store = new Store(1);
        store.apply(new Command.OpenSession());
        say(client, wire, "SESSION 1 1 INCR a", "SESSION 1 2 INCR b");
        assertThat(sink.submitted()).hasSize(2);
        sink.answer(1, store.apply(sink.submitted().get(1)));
        sink.answer(0, store.apply(sink.submitted().get(0)));
        loop.run();
        assertThat(wire.takeSent())
                .startsWith("-UNKNOWN a greater sequence was applied")
                .endsWith("\r\n:1\r\n");
        assertThat(store.size()).isEqualTo(1);
    }

    /** The second attempt stands behind the first in the line of its key, as any write does, and both are answered. */
    @Test
    void whatIsAskedAgainOnTheSameConnectionWaitsBehindItsFirstAttemptAndNoLonger() {
        var sink = new ManualSink(false);
        var ordered = new Hub(GatewayRig.anyPort(), sink, GatewayRig.FACTS, loop);
        var client = ordered.open(wire).orElseThrow();
        assertThat(say(client, wire, "SESSION 1 1 INCR a", "SESSION 1 1 INCR a", "SESSION OPEN"))
                .isEmpty();
        assertThat(sink.submitted()).hasSize(2).last().isEqualTo(new Command.OpenSession());
        sink.answer(0, new Response.Unknown("lost"));
        assertThat(sink.submitted()).hasSize(3);
        loop.run();
        assertThat(wire.takeSent()).isEqualTo("-UNKNOWN lost\r\n");
    }
}
