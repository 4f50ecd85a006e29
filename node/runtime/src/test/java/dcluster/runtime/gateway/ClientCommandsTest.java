package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway says by itself, as bytes. */
class ClientCommandsTest {
    private final FakeLoop loop = new FakeLoop();
    private final FakeWire wire = new FakeWire();
    private final Hub hub = new Hub(GatewayRig.anyPort(), new ManualSink(true), GatewayRig.FACTS, loop);
    private final Connection connection = hub.open(wire).orElseThrow();

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            PING                    => +PONG~
            PING hello              => $5~hello~
            PING a b                => -ERR wrong number of arguments for 'ping' command~
            ECHO hello              => $5~hello~
            SELECT 0                => +OK~
            SELECT 1                => -ERR DB index is out of range~
            SELECT x                => -ERR value is not an integer or out of range~
            RESET                   => +RESET~
            AUTH secret             => -ERR AUTH called without any password configured: dcluster knows no users~
            HELLO 3                 => -NOPROTO unsupported protocol version~
            HELLO 2 AUTH a b        => -ERR AUTH called without any password configured: dcluster knows no users~
            HELLO 2 SETNAME         => -ERR syntax error~
            HELLO 2 WHAT            => -ERR syntax error~
            CLIENT ID               => :1~
            CLIENT GETNAME          => $-1~
            CLIENT SETNAME me       => +OK~
            CLIENT SETINFO LIB-NAME x => +OK~
            CLIENT NO-EVICT on      => +OK~
            CLIENT SETNAME          => -ERR wrong number of arguments for 'client|setname' command~
            CLIENT KILL x           => -ERR unknown subcommand 'KILL' of CLIENT~
            COMMAND                 => *0~
            COMMAND DOCS            => *0~
            COMMAND DOCS get        => *0~
            COMMAND INFO get set    => *2~*-1~*-1~
            COMMAND WHAT            => -ERR unknown subcommand 'WHAT' of COMMAND~
            CONFIG GET save         => *2~$4~save~$0~~
            CONFIG GET appendonly   => *2~$10~appendonly~$3~yes~
            CONFIG GET SAVE maxclients => *4~$10~maxclients~$5~10000~$4~save~$0~~
            CONFIG GET nothing      => *0~
            CONFIG GET              => -ERR wrong number of arguments for 'config|get' command~
            CONFIG SET save x       => -ERR of CONFIG only GET is supported: a cluster is configured by its cluster file~
            CLUSTER SLOTS           => -ERR This instance has cluster support disabled: any node takes any command~
            """)
    void tellsClientsWhatTheyAsk(String request, String reply) {
        assertThat(say(request).replace("\r\n", "~")).isEqualTo(reply);
    }

    @Test
    void helloGreetsInTheSecondVersion() {
        var greeting = "*14 $6 server $8 dcluster $7 version $5 1.2.3 $4 mode $10 standalone $4 role $6 master "
                + "$5 proto :2 $2 id :1 $7 modules *0 ";
        assertThat(say("HELLO").replace("\r\n", " ")).isEqualTo(greeting);
        assertThat(say("HELLO 2 SETNAME me").replace("\r\n", " ")).isEqualTo(greeting);
        assertThat(say("CLIENT GETNAME")).isEqualTo("$2\r\nme\r\n");
        say("RESET");
        assertThat(say("CLIENT GETNAME")).isEqualTo("$-1\r\n");
    }

    @Test
    void aNameIsShortAndPrintable() {
        assertThat(say("CLIENT SETNAME " + "x".repeat(128))).isEqualTo("+OK\r\n");
        assertThat(say("CLIENT SETNAME " + "x".repeat(129))).startsWith("-ERR ");
        assertThat(say("CLIENT SETNAME a\nb")).startsWith("-ERR ");
        assertThat(say("CLIENT GETNAME")).isEqualTo("$128\r\n" + "x".repeat(128) + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1\r\nHost: x\r\n\r\nSET a b\r\n", "Host: x\r\nSET a b\r\n"})
    void aBrowserIsLetGoBeforeItsBodyIsRead(String request) {
        connection.received(Resp.bytes(request));
        loop.run();

        assertThat(wire.takeSent()).isEqualTo("-ERR this is no web server\r\n");
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void quitIsAnsweredAndCloses() {
        assertThat(say("QUIT")).isEqualTo("+OK\r\n");
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void theListOfCommandsIsAsLongAsItsCount() {
        var list = say("COMMAND LIST");
        assertThat(list)
                .contains("$3\r\ncas\r\n", "$4\r\nping\r\n")
                .contains("multi")
                .doesNotContain("cluster", "post");
        var count = list.substring(1, list.indexOf('\r'));
        assertThat(say("COMMAND COUNT")).isEqualTo(":" + count + "\r\n");
    }

    @Test
    void infoTellsSectionsOfLines() {
        say("PING");
        assertThat(say("INFO"))
                .contains("# Server\r\ndcluster_version:1.2.3\r\n")
                .contains("# Clients\r\nconnected_clients:1\r\n")
                .contains("total_commands_processed:2\r\n")
                .contains("cmdstat_ping:calls=1\r\n")
                .contains("# Node\r\nrole:leader\r\n");
        assertThat(say("INFO clients")).isEqualTo("$32\r\n# Clients\r\nconnected_clients:1\r\n\r\n");
        assertThat(say("INFO nothing")).isEqualTo("$0\r\n\r\n");
        assertThat(say("INFO everything")).contains("# Node");
    }

    private String say(String request) {
        connection.received(Resp.bytes(Resp.command(request)));
        loop.run();
        return wire.takeSent();
    }
}
