package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.FakeNode;
import dcluster.app.command.TestSession;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Json;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code txn exec} makes of what nodes answer. */
class TxnExecTest {
    /** No process that is not root's listens there. */
    private static final int CLOSED = 1;

    private static final String OK = "+OK\r\n";
    private static final String QUEUED = "+QUEUED\r\n";

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
    void eachCommandOfACommittedTransactionIsShownWithItsResult() {
        var several = List.of("put a 1; get b; get c", "incr d; append l x; del e; list l; cas a 1 2");
        var results = "*8\r\n+OK\r\n$-1\r\n$1\r\nv\r\n:5\r\n:1\r\n:0\r\n*2\r\n$1\r\nw\r\n$1\r\nx\r\n:1\r\n";
        var asked = exchange(several, OK, QUEUED, QUEUED, QUEUED, QUEUED, QUEUED, QUEUED, QUEUED, QUEUED, results);
        assertThat(asked).hasSize(10);
        assertThat(asked.get(0)).contains("MULTI");
        assertThat(asked.get(9)).contains("EXEC");
        assertThat(exit).isZero();
        assertThat(session.out()).isEqualTo("""
                COMMAND     RESULT
                put a 1     ok
                get b       -
                get c       v
                incr d      5
                append l x  1
                del e       no
                list l      w,x
                cas a 1 2   ok
                """);
        assertThat(session.err()).isEqualTo("committed\n");
    }

    @Test
    void aCommandThatIsNotQueuedAbortsAllAndNothingIsExecuted() {
        var asked = exchange(List.of("put a 1; incr b x"), OK, QUEUED, "-ERR value is not an integer\r\n");
        assertThat(asked).hasSize(3).noneMatch(request -> request.contains("EXEC"));
        assertThat(exit).isEqualTo(1);
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).isEqualTo("aborted, and nothing was changed: ERR value is not an integer\n");
    }

    @Test
    void whatExecAnswersDecides() {
        assertEnds("-WRONGTYPE a list\r\n", 1, "aborted, and nothing was changed: WRONGTYPE a list");
        assertEnds("-UNKNOWN it was lost\r\n", 2, "all of it may have happened, or may yet, or nothing: it was lost");
        assertEnds("-ERR does not serve Transaction: why\r\n", 1, "does not serve Transaction: why");
    }

    @Test
    void aConnectionThatBreaksIsUnknownOnlyOnceExecWasSent() {
        exchange(List.of("put a 1", "--timeout", "1ms"), OK);
        assertThat(exit).isEqualTo(4);
        assertThat(session.err()).contains("nothing was changed");
        exchange(List.of("put a 1"), OK, QUEUED, "");
        assertThat(exit).isEqualTo(2);
    }

    @Test
    void aTransactionOfASessionIsAskedSoByItsExecAndIsNotSaidToHaveChangedNothing() {
        var inSession = List.of("--session", "7", "--sequence", "3");
        var asked = exchange(with(inSession, "incr a"), OK, QUEUED, "*1\r\n:1\r\n");
        assertThat(exit).isZero();
        assertThat(asked.get(2).replaceAll("\\$[0-9]+", "").split("\\s+"))
                .containsExactly("*4", "SESSION", "7", "3", "EXEC");
        listensAt(CLOSED);
        assertThat(run(with(inSession, "incr a"))).isEqualTo(4);
        assertThat(session.err()).startsWith("this attempt was not served, and did nothing; an earlier one may have: ");
        assertThat(run(with(inSession, "get a"))).isEqualTo(4);
        assertThat(session.err()).startsWith("not served, and nothing was changed: ");
        assertThat(run(List.of("incr a", "--session", "7"))).isEqualTo(64);
    }

    private static List<String> with(List<String> options, String commands) {
        var words = new ArrayList<>(options);
        words.add(commands);
        return words;
    }

    @Test
    void programsAreToldTheOutcomeAndTheResults() {
        exchange(List.of("get a; incr b", "-o", "json"), OK, QUEUED, QUEUED, "*2\r\n$1\r\n\u00ff\r\n:7\r\n");
        assertThat(Json.object(session.out()))
                .isEqualTo(Map.of(
                        "outcome",
                        "committed",
                        "results",
                        List.of(
                                Map.of("command", "get a", "result", Map.of("base64", "/w==")),
                                Map.of("command", "incr b", "result", 7L))));
    }

    private void assertEnds(String answer, int code, String words) {
        exchange(List.of("put a 1"), OK, QUEUED, answer);
        assertThat(session.err()).contains(words);
        assertThat(exit).as(answer).isEqualTo(code);
        assertThat(session.out()).isEmpty();
    }

    /** Runs it before a node that gives these answers; what the node was asked. */
    private List<String> exchange(List<String> arguments, String... answers) {
        var node = new FakeNode(answers);
        listensAt(node.port());
        exit = run(arguments);
        return node.requests();
    }

    private void listensAt(int port) {
        var member = new Member(new NodeId("n1"), "127.0.0.1", port, 17001, 27001, "");
        session.session().clusters().home().cluster("one").keep(ProcessRecord.initial(member, false, List.of()));
    }

    private int run(List<String> arguments) {
        session.reset();
        var words = new ArrayList<>(Arrays.asList("txn", "exec", "--at", "n1"));
        words.addAll(arguments);
        return CommandLines.of(session.session(), words).execute(words.toArray(String[]::new));
    }
}
