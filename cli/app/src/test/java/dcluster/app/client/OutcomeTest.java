package dcluster.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<Bytes> SET = List.of(Bytes.utf8("SET"), Bytes.utf8("k"), Bytes.utf8("v"));

    @Test
    void anAnswerIsAnAnswer() throws IOException {
        try (var node = new FakeNode("+OK\r\n")) {
            assertThat(ask(node, true)).isEqualTo(new Outcome.Answered(new Reply.Simple("OK")));
            assertThat(node.request()).isEqualTo("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n");
        }
    }

    @Test
    void errorsTellWhetherItMayHaveHappened() throws IOException {
        assertThat(told("-UNKNOWN the leader was lost")).isEqualTo(new Outcome.Unknown("the leader was lost"));
        assertThat(told("-UNAVAILABLE no leader is known")).isInstanceOf(Outcome.Unavailable.class);
        assertThat(told("-OVERLOADED too many requests")).isInstanceOf(Outcome.Unavailable.class);
        assertThat(told("-WRONGTYPE it is a list")).isEqualTo(new Outcome.Refused("WRONGTYPE it is a list"));
        assertThat(told("-ERR syntax error"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.isOfSiblings()).isFalse());
        assertThat(told("-SIBLINGS 2 values were written concurrently"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.isOfSiblings()).isTrue());
    }

    @Test
    void aWriteWhoseAnswerIsLostMayHaveHappened() throws IOException {
        try (var node = new FakeNode("+O")) {
            assertThat(ask(node, true)).isInstanceOf(Outcome.Unknown.class);
        }
    }

    @Test
    void aReadWhoseAnswerIsLostHasDoneNothing() throws IOException {
        try (var node = new FakeNode("")) {
            assertThat(ask(node, false)).isInstanceOf(Outcome.Unavailable.class);
        }
    }

    @Test
    void aRequestThatCouldNotBeSentHasDoneNothing() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(Outcome.of("127.0.0.1", port, PATIENCE, true, SET)).isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void aNodeThatIsSilentLeavesAWriteOpen() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var outcome = Outcome.of("127.0.0.1", silent.getLocalPort(), Duration.ofMillis(50), true, SET);
            assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        }
    }

    private static Outcome told(String error) throws IOException {
        try (var node = new FakeNode(error + "\r\n")) {
            return ask(node, true);
        }
    }

    private static Outcome ask(FakeNode node, boolean write) {
        return Outcome.of("127.0.0.1", node.port(), PATIENCE, write, SET);
    }
}
