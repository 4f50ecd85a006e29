package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.FakeNode;
import dcluster.app.command.TestSession;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Json;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kv} asks a node in a session. */
class KvSessionTest {
    /** No process that is not root's listens there. */
    private static final int CLOSED = 1;

    @TempDir
    private Path temporary = Path.of("");

    private TestSession session = new TestSession();
    private int exit;

    @BeforeEach
    void moveIn() {
        session = new TestSession(temporary);
        session.session().clusters().home().cluster("one").create("cluster: one\n");
    }

    @Test
    void aSessionIsOpenedAndItsNumberPrinted() throws IOException {
        assertThat(exchange("kv session", ":7\r\n")).containsExactly("SESSION OPEN");
        assertThat(exit).isZero();
        assertThat(session.out()).isEqualTo("7\n");
        exchange("kv session -o json", ":7\r\n");
        assertThat(Json.object(session.out())).containsEntry("value", 7L).doesNotContainKey("key");
        exchange("kv session", "-ERR this algorithm does not serve OpenSession\r\n");
        assertThat(exit).isEqualTo(1);
        assertThat(session.err()).contains("refused, and nothing was changed: ERR this algorithm does not serve");
    }

    @Test
    void aCommandOfASessionIsSentAsOneAndAnsweredAsEver() throws IOException {
        assertThat(exchange("kv incr k 2 --session 7 --sequence 1", ":2\r\n"))
                .containsExactly("SESSION 7 1 INCRBY k 2");
        assertThat(session.out()).isEqualTo("2\n");
        assertThat(exchange("kv cas k a b --session 7 --sequence 2", ":0\r\n"))
                .containsExactly("SESSION 7 2 CAS k a b");
        assertThat(exit).isEqualTo(1);
        assertThat(exchange("kv append l x --session 7 --sequence 3", "-UNKNOWN the session has expired\r\n"))
                .hasSize(1);
        assertThat(exit).isEqualTo(2);
    }

    @Test
    void ofAWriteOfASessionThatIsNotServedNobodySaysThatNothingWasChanged() {
        listensAt(CLOSED);
        assertThat(run("kv incr k --at n1 --session 7 --sequence 1")).isEqualTo(4);
        assertThat(session.err())
                .startsWith("this attempt was not served, and did nothing; an earlier one may have: no connection to");
        session.reset();
        assertThat(run("kv get k --at n1 --session 7 --sequence 1")).isEqualTo(4);
        assertThat(session.err()).startsWith("not served, and nothing was changed: no connection to");
    }

    @Test
    void aSessionWithoutASequenceIsAMistakeAndSoIsWhatIsBelowOne() {
        for (var options : List.of(
                "--session 7",
                "--sequence 1",
                "--session 0",
                "--sequence 0",
                "--session 7 --sequence 0",
                "--session -1 --sequence 1",
                "--session 0 --sequence 0")) {
            assertThat(run("kv incr k " + options)).as(options).isEqualTo(64);
            assertThat(session.err()).contains("--session and --sequence stand together");
        }
    }

    /** Runs a command before a node that gives this answer; what the node was asked, its words parted by blanks. */
    private List<String> exchange(String command, String answer) throws IOException {
        session.reset();
        try (var node = new FakeNode(answer)) {
            listensAt(node.port());
            exit = run(command + " --at n1");
            return node.requests().stream().map(KvSessionTest::words).toList();
        }
    }

    private void listensAt(int port) {
        var member = new Member(new NodeId("n1"), "127.0.0.1", port, 17001, 27001, "");
        session.session().clusters().home().cluster("one").keep(ProcessRecord.initial(member, false, List.of()));
    }

    private int run(String command) {
        var words = command.split(" ");
        return CommandLines.of(session.session(), List.of(words)).execute(words);
    }

    private static String words(String request) {
        return Stream.of(request.split("\\*[0-9]+\r\n|\\$[0-9]+\r\n"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, word.length() - 2))
                .collect(Collectors.joining(" "));
    }
}
