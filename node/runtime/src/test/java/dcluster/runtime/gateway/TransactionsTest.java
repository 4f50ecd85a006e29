package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MULTI and its kin before a store that answers at once, with two clients. */
class TransactionsTest {
    private static final String ABORTED =
            "-EXECABORT nothing of this transaction took effect, as one of its commands or"
                    + " a WATCH before it was answered with an error ";

    private final FakeLoop loop = new FakeLoop();
    private final FakeWire wire = new FakeWire();
    private final FakeWire otherWire = new FakeWire();
    private final Hub hub = new Hub(GatewayRig.anyPort(), new StoreSink(), GatewayRig.FACTS, loop);
    private final Connection connection = hub.open(wire).orElseThrow();
    private final Connection other = hub.open(otherWire).orElseThrow();

    /** All in one read. */
    private String say(String... requests) {
        return say(connection, wire, requests);
    }

    private String otherSays(String... requests) {
        return say(other, otherWire, requests);
    }

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
    void commandsAreQueuedAndAnsweredTogetherAsEachWouldHaveBeen() {
        assertThat(say("MULTI", "SET a 1", "INCRBY a 2", "GET a")).isEqualTo("+OK +QUEUED +QUEUED +QUEUED ");
        assertThat(otherSays("GET a")).isEqualTo("$-1 ");
        assertThat(say("RPUSH l x y", "LRANGE l 0 -1", "CAS a 2 4", "SETNX b 1", "SET b 2 NX", "GETSET b 3"))
                .isEqualTo("+QUEUED ".repeat(6));
        assertThat(say("EXEC")).isEqualTo("*9 +OK :3 $1 3 :2 *2 $1 x $1 y :0 :1 $-1 $1 1 ");
        assertThat(otherSays("GET a")).isEqualTo("$1 3 ");
        assertThat(say("EXEC")).isEqualTo("-ERR EXEC without MULTI ");
    }

    @Test
    void commandsOnSeveralKeysStandInATransactionLikeOthers() {
        say("MULTI", "MSET a 1 b 2", "MGET a b c", "MGET a", "MSET d 4", "EXISTS a b c", "DEL a b", "DEL d");
        assertThat(say("EXEC")).isEqualTo("*7 +OK *3 $1 1 $1 2 $-1 *1 $1 1 +OK :2 :2 :1 ");
    }

    @Test
    void anEmptyTransactionIsAnEmptyArray() {
        assertThat(say("MULTI", "EXEC", "GET a")).isEqualTo("+OK *0 $-1 ");
    }

    @Test
    void aTransactionThatWasDiscardedHasNoEffect() {
        assertThat(say("DISCARD")).isEqualTo("-ERR DISCARD without MULTI ");
        assertThat(say("MULTI", "SET a 1", "DISCARD", "GET a", "EXEC"))
                .isEqualTo("+OK +QUEUED +OK $-1 -ERR EXEC without MULTI ");
    }

    @Test
    void ofCommandsOneOfWhichFailsNoneTakesEffect() {
        say("SET a text");
        assertThat(say("MULTI", "SET b 1", "INCR a", "EXEC", "GET b"))
                .isEqualTo("+OK +QUEUED +QUEUED -ERR value is not an integer or out of range $-1 ");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            GET           => -ERR wrong number of arguments for 'get' command
            NONSENSE      => -ERR unknown command 'NONSENSE', with args beginning with:
            INCRBY a x    => -ERR value is not an integer or out of range
            EXEC now      => -ERR wrong number of arguments for 'exec' command
            PING          => -ERR ping is not allowed between MULTI and EXEC: only commands on keys are
            HELLO 2       => -ERR hello is not allowed between MULTI and EXEC: only commands on keys are
            CLIENT ID     => -ERR client is not allowed between MULTI and EXEC: only commands on keys are
            CLUSTER SLOTS => -ERR cluster is not allowed between MULTI and EXEC: only commands on keys are
            """)
    void aCommandThatCannotStandInATransactionIsAnErrorAtOnceAndAbortsIt(String request, String error) {
        assertThat(say("MULTI", "SET a 1")).isEqualTo("+OK +QUEUED ");
        assertThat(say(request).strip()).isEqualTo(error);
        assertThat(say("SET b 1", "EXEC", "MGET a b", "EXEC"))
                .isEqualTo("+QUEUED " + ABORTED + "*2 $-1 $-1 -ERR EXEC without MULTI ");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            MULTI   => -ERR MULTI calls can not be nested
            WATCH a => -ERR WATCH inside MULTI is not allowed
            UNWATCH => -ERR UNWATCH inside MULTI is not allowed: EXEC and DISCARD end all watching
            """)
    void whatIsMisplacedIsAnErrorAndLeavesTheTransactionAsItIs(String request, String error) {
        assertThat(say("MULTI", "SET a 1", request, "EXEC")).isEqualTo("+OK +QUEUED " + error + " *1 +OK ");
    }

    @Test
    void aRequestThatTheParserRefusesAbortsToo() {
        say("MULTI", "SET a 1");
        connection.received(Resp.bytes("*2\r\n$3\r\nGET\r\n$4194305\r\n" + "x".repeat(4194305) + "\r\n"));
        loop.run();
        assertThat(wire.takeSent()).startsWith("-ERR a value of 4194305 bytes");
        assertThat(say("EXEC")).isEqualTo(ABORTED);
    }

    // WATCH

    @Test
    void aWatchedKeyThatSomebodyWroteAbortsWithNothing() {
        assertThat(say("SET a 1", "WATCH a b", "MULTI", "SET a 2")).isEqualTo("+OK +OK +OK +QUEUED ");
        otherSays("SET a 1");
        assertThat(say("EXEC", "GET a")).isEqualTo("*-1 $1 1 ");
        assertThat(say("MULTI", "SET a 3", "EXEC"))
                .as("EXEC ended the watching")
                .isEqualTo("+OK +QUEUED *1 +OK ");
    }

    @Test
    void aKeyThatWasMadeOrDeletedAndMadeAnewHasChanged() {
        say("WATCH a", "MULTI", "SET b 1");
        otherSays("SET a 1");
        assertThat(say("EXEC")).isEqualTo("*-1 ");
        say("WATCH a", "MULTI", "SET b 1");
        otherSays("DEL a", "SET a 1");
        assertThat(say("EXEC")).isEqualTo("*-1 ");
    }

    @Test
    void whatIsWatchedAndNotWrittenLetsTheTransactionBe() {
        otherSays("SET a 1");
        say("WATCH a", "WATCH a b");
        otherSays("GET a", "SET c 1", "SET b 1 XX");
        assertThat(say("MULTI", "INCR a", "EXEC")).isEqualTo("+OK +QUEUED *1 :2 ");
    }

    @Test
    void aWriteOfOnesOwnBehindTheWatchCounts() {
        assertThat(say("WATCH a", "SET a 1", "MULTI", "SET a 2", "EXEC")).isEqualTo("+OK +OK +OK +QUEUED *-1 ");
    }

    @Test
    void aSecondWatchOfAKeyDoesNotForgetTheFirst() {
        say("WATCH a");
        otherSays("SET a 1");
        assertThat(say("WATCH a", "MULTI", "SET a 2", "EXEC")).isEqualTo("+OK +OK +QUEUED *-1 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNWATCH", "MULTI DISCARD", "RESET", "MULTI RESET"})
    void watchingEndsBeforeTheTransactionWhereItIsToldTo(String requests) {
        say("WATCH a");
        otherSays("SET a 1");
        say(requests.split(" ", -1));
        assertThat(say("MULTI", "GET a", "EXEC")).isEqualTo("+OK +QUEUED *1 $1 1 ");
    }

    @Test
    void aClientThatGoesLeavesNothingQueuedAndNothingHeld() {
        say("WATCH a", "MULTI", "SET b " + "x".repeat(1000));
        assertThat(hub.held().heldBytes()).isGreaterThan(1000);
        connection.closed();
        assertThat(hub.held().heldBytes()).isZero();
        assertThat(otherSays("GET b", "EXEC")).isEqualTo("$-1 -ERR EXEC without MULTI ");
    }

    // Bounds

    @Test
    void aTransactionHasAsManyWordsAsARequestAndNoMore() {
        say("WATCH w", "MULTI");
        String mset = "MSET" + " k v".repeat(4095);
        assertThat(say(mset, "GET x")).isEqualTo("+QUEUED +QUEUED ");
        assertThat(say(mset))
                .startsWith("-ERR a transaction has at most 16384 words")
                .contains("make several of it");
        assertThat(say("EXEC", "GET k")).isEqualTo(ABORTED + "$-1 ");
        assertThat(say("MULTI", "GET k", "EXEC")).isEqualTo("+OK +QUEUED *1 $-1 ");
    }

    @Test
    void aTransactionHasAsManyBytesAsARequestAndNoMore() {
        String set = "SET k " + "x".repeat(4_000_000);
        assertThat(say("MULTI", set, set)).isEqualTo("+OK +QUEUED +QUEUED ");
        assertThat(say(set)).startsWith("-ERR a transaction has at most 8388608 bytes");
        assertThat(hub.held().heldBytes()).as("nothing is kept of it").isLessThan(1000);
        assertThat(say("EXEC")).isEqualTo(ABORTED);
    }

    @Test
    void watchedKeysAreBoundedAndOneTooManyAborts() {
        for (int i = 0; i < 2; i++) {
            var watch = new StringBuilder("WATCH");
            for (int j = 0; j < 8000; j++) {
                watch.append(" k").append(i).append('.').append(j);
            }
            assertThat(say(watch.toString())).isEqualTo("+OK ");
        }
        assertThat(say("WATCH" + " z".repeat(400))).startsWith("-ERR a transaction has at most 16384 words");
        assertThat(say("MULTI", "SET a 1", "EXEC")).isEqualTo("+OK +QUEUED " + ABORTED);
        assertThat(say("WATCH " + "k".repeat(65537))).startsWith("-ERR a key of 65537 bytes");
        assertThat(say("UNWATCH", "MULTI", "SET a 1", "EXEC")).isEqualTo("+OK +OK +QUEUED *1 +OK ");
    }
}
