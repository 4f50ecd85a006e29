package dcluster.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeReportTest {
    @Test
    void anAnswerHasAStatusAndABody() {
        var answer = AdminCall.parse(
                "HTTP/1.1 503 Service Unavailable\r\nA: b\r\n\r\n{\"x\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(answer).contains(new AdminCall.Answer(503, "{\"x\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1", "HTTP/1.1 200 OK\r\n", "GARBAGE 200 OK\r\n\r\n", "HTTP/1.0 2x0 OK\r\n\r\n"})
    void whatIsNoAnswerIsNone(String text) {
        assertThat(AdminCall.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void oneThatAnswersIsReadAndOneThatDoesNotIsSilent() throws IOException {
        try (var node = new FakeNode("HTTP/1.0 200 OK\r\n\r\n{}");
                var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var reachable = member("n1", node.port());
            var stuck = member("n2", silent.getLocalPort());

            var reports = NodeReport.ask(List.of(reachable, stuck), Duration.ofMillis(300));

            // The fake takes one connection: the first question, which is the one for its health.
            assertThat(reports.get(reachable)).isEqualTo(new NodeReport(true, "", false, Map.of()));
            assertThat(reports.get(stuck)).isEqualTo(NodeReport.SILENT);
        }
    }

    @Test
    void oneThatIsRefusedByItsPeersSaysSo() throws IOException {
        try (var node = new FakeNode("HTTP/1.0 503 Service Unavailable\r\n\r\n"
                + "{\"healthy\":false,\"reason\":\"n2 refuses n1: why\",\"refused\":true}")) {
            var refused = member("n1", node.port());
            assertThat(NodeReport.ask(List.of(refused), Duration.ofSeconds(1)).get(refused))
                    .isEqualTo(new NodeReport(false, "n2 refuses n1: why", true, Map.of()));
        }
    }

    private static Member member(String id, int adminPort) {
        return new Member(new NodeId(id), "127.0.0.1", 1, 2, adminPort, "");
    }
}
