package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import dcluster.spi.Limits;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads that find more than a reply, or a frame between nodes, can hold: an error each, and everybody lives. */
class LargeAnswerIT {
    private static final int COUNT = 6;
    private static final String VALUE = "v".repeat(Limits.MAX_VALUE_BYTES);

    @RegisterExtension
    final Clusters clusters = new Clusters();

    @Test
    void whatIsTooLargeForAReplyIsAClearErrorThroughEveryNode() throws IOException {
        var cluster = clusters.start("large");
        var keys = IntStream.range(0, COUNT).mapToObj(i -> "key" + i).toArray(String[]::new);
        for (var key : keys) {
            assertThat(new Ask(cluster.leader()).call("SET", key, VALUE)).isEqualTo(new Reply.Simple("OK"));
            assertThat(new Ask(cluster.leader()).call("RPUSH", "list", VALUE)).isInstanceOf(Reply.Whole.class);
        }
        var pids = cluster.nodes().stream().map(TestNode::pid).toList();
        var all = Stream.concat(Stream.of("MGET"), Stream.of(keys)).toArray(String[]::new);
        for (var node : cluster.nodes()) {
            try (var connection = node.connect()) {
                refuses(connection.call(all));
                refuses(connection.call("LRANGE", "list", "0", "-1"));
                // Just what one frame of a forwarded answer cannot hold, but its values alone could.
                refuses(connection.call("MGET", "key0", "key1", "key2", "key3"));
                assertThat(connection.call("MGET", "key0", "key1", "key2"))
                        .isInstanceOfSatisfying(
                                Reply.Many.class,
                                many -> assertThat(many.elements()).hasSize(3));
                assertThat(connection.call("LRANGE", "list", "0", "2"))
                        .isInstanceOfSatisfying(
                                Reply.Many.class,
                                many -> assertThat(many.elements()).hasSize(3));
                assertThat(connection.call("SET", "small", node.id())).isEqualTo(new Reply.Simple("OK"));
            }
            assertThat(new Ask(node).text("small")).isEqualTo(node.id());
        }
        cluster.awaitHealth();
        cluster.awaitAgreement();
        assertThat(cluster.nodes())
                .allMatch(TestNode::isRunning)
                .extracting(TestNode::pid)
                .isEqualTo(pids);
        assertThat(cluster.logged("ERROR")).isZero();
    }

    /** A definite failure that no repetition would mend, and that says what to do. */
    private static void refuses(Reply reply) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.ErrorLine.class,
                        error -> assertThat(error.text()).startsWith("ERR ").contains("ask for less"));
    }
}
