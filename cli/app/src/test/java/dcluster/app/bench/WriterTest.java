package dcluster.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.FakeNode;
import dcluster.app.process.Patience;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriterTest {
    private static final String OK = "+OK\r\n";
    private static final String UNKNOWN = "-UNKNOWN nobody knows\r\n";

    private static Member member(FakeNode node) {
        return new Member(new NodeId("n2"), "127.0.0.1", node.port(), 1, 1, "");
    }

    /** What a writer has seen when a node has given these answers and no others. */
    private static Writer writtenTo(FakeNode node, int acknowledged) {
        var writer = new Writer(member(node), "k", Duration.ofSeconds(2));
        try (writer) {
            writer.watch();
            assertThat(Patience.of(Duration.ofSeconds(20))
                            .until(() -> writer.seen().acknowledged() == acknowledged
                                    && writer.seen().unknown() > 0))
                    .isTrue();
        }
        return writer;
    }

    private static Writer.ReadBack readBack(Writer writer, String answer) throws IOException {
        try (var node = new FakeNode(answer)) {
            return writer.readBack(member(node));
        }
    }

    @Test
    void itCountsWhatIsAcknowledgedAndWhatIsUnknownAndTheTimeBetweenAcknowledgements() throws IOException {
        try (var node = new FakeNode(OK, OK, UNKNOWN, "-UNAVAILABLE nobody leads\r\n", OK)) {
            var seen = writtenTo(node, 3).seen();
            assertThat(seen.acknowledged()).isEqualTo(3);
            assertThat(seen.longestMillis()).isPositive();
        }
    }

    @Test
    void whatWasAcknowledgedLastOrMayHaveHappenedMayBeReadBack() throws IOException {
        try (var node = new FakeNode(OK, UNKNOWN, OK)) {
            var writer = writtenTo(node, 2);
            for (var legal : new String[] {"$1\r\n3\r\n", "$1\r\n2\r\n"}) {
                assertThat(readBack(writer, legal).lost()).as(legal).isEmpty();
            }
            assertThat(readBack(writer, "$1\r\n1\r\n").lost()).contains("k was acknowledged as '3', and is '1' at n2");
            assertThat(readBack(writer, "$-1\r\n").lost()).contains("k was acknowledged as '3', and is '' at n2");
        }
    }

    @Test
    void aReadWithoutAnAnswerShowsNothing() throws IOException {
        try (var node = new FakeNode(OK, UNKNOWN)) {
            var writer = writtenTo(node, 1);
            var found = readBack(writer, "-UNAVAILABLE nobody leads\r\n");
            assertThat(found.lost()).isEmpty();
            assertThat(found.trouble()).contains("n2 did not answer a read: UNAVAILABLE nobody leads");
        }
    }
}
