package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.FakeAdmin;
import dcluster.app.command.FakeCluster;
import dcluster.app.command.TestSession;
import dcluster.app.process.ClusterFolder;
import dcluster.app.terminal.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code txn in-doubt} and {@code txn resolve} make of what three nodes answer. */
class TxnInDoubtTest {
    private static final String NOTHING = "{'outcome': 'ok', 'columns': ['transaction'], 'rows': []}";
    private static final String ONE = table("['4f-1-2', 'in doubt', '1500', 'n1,n2', 'a', '3']");

    @TempDir
    private Path temporary = Path.of("");

    private TestSession session = new TestSession();
    private FakeCluster cluster = new FakeCluster(new ClusterFolder(temporary));
    private final FakeAdmin n1 = new FakeAdmin();
    private final FakeAdmin n2 = new FakeAdmin();

    @BeforeEach
    void moveIn() {
        session = new TestSession(temporary);
        cluster = FakeCluster.in(session, "one");
        cluster.runs("n1", n1.port());
        cluster.runs("n2", n2.port());
    }

    @AfterEach
    void close() {
        n1.close();
        n2.close();
    }

    private static String table(String rows) {
        return "{'outcome': 'ok', 'columns': ['transaction', 'state', 'age ms', 'participants', 'locks', 'waiting'],"
                + " 'rows': [" + rows + "]}";
    }

    private int run(String command) {
        session.reset();
        var words = command.split(" ");
        return CommandLines.of(session.session(), List.of(words)).execute(words);
    }

    @Test
    void theTablesOfAllNodesAreOneWithTheNodeFirst() {
        n1.answering("in-doubt", ONE);
        n2.answering(
                "in-doubt",
                table("['4f-1-2', 'in doubt', '99', 'n1,n2', 'b', '0'],"
                        + " ['4f-1-1', 'resolved: abort', '7', 'n2,n3', '', '0']"));
        assertThat(run("txn in-doubt")).isZero();
        assertThat(session.out()).isEqualTo("""
                NODE  TRANSACTION  STATE            AGE MS  PARTICIPANTS  LOCKS  WAITING
                n1    4f-1-2       in doubt           1500  n1,n2         a            3
                n2    4f-1-2       in doubt             99  n1,n2         b            0
                n2    4f-1-1       resolved: abort       7  n2,n3                      0
                """);
        assertThat(session.err()).isEqualTo("1 transaction is in doubt\n");
        assertThat(n1.asked()).containsExactly("in-doubt {\"arguments\":[]}");
    }

    @Test
    void thatNothingIsInDoubtIsSaidAndOfWhomItIsNotKnown() {
        n1.answering("in-doubt", NOTHING);
        n2.answering("in-doubt", NOTHING);
        assertThat(run("txn in-doubt")).isZero();
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).isEqualTo("nothing is in doubt\n");
        cluster.rests("n3");
        n2.answering("in-doubt", "{'outcome': 'unknown', 'message': 'no answer within 5000 ms'}");
        assertThat(run("txn in-doubt")).isEqualTo(4);
        assertThat(session.err()).isEqualTo("""
                nothing is in doubt at the nodes that were heard
                n3 is not heard: its process is stopped
                n2 is not heard: no answer within 5000 ms
                """);
    }

    @Test
    void anAlgorithmWithoutTheOperationIsNamedAsSuch() {
        assertThat(run("txn in-doubt")).isEqualTo(1);
        assertThat(session.err()).isEqualTo("nothing can be in doubt here: no operation; there are none\n");
        assertThat(run("txn resolve 4f-1-2 --commit --yes")).isEqualTo(1);
    }

    @Test
    void programsAreToldNumbersAsNumbersAndWhoWasNotHeard() {
        n1.answering("in-doubt", ONE);
        n2.answering("in-doubt", "{'error': 'the loop does not answer'}");
        assertThat(run("txn in-doubt -o json")).isEqualTo(4);
        var json = Json.object(session.out());
        assertThat(json)
                .containsEntry("cluster", "one")
                .containsEntry("notHeard", List.of(Map.of("node", "n2", "reason", "the loop does not answer")));
        assertThat(session.out()).contains("\"ageMs\" : 1500", "\"waiting\" : \"3\"");
        assertThat(run("txn in-doubt -o ndjson")).isEqualTo(4);
        assertThat(Json.object(session.out()))
                .containsEntry("transaction", "4f-1-2")
                .containsEntry("node", "n1");
    }

    @Test
    void aDecisionGoesToThoseThatHaveItInDoubtAlone() {
        n1.answering("in-doubt", ONE)
                .answering("resolve", "{'outcome': 'ok', 'columns': ['is'], 'rows': [['committed']]}");
        n2.answering("in-doubt", table("['4f-1-2', 'resolved: commit, not confirmed', '1', '', '', '0']"));
        assertThat(run("txn resolve 4f-1-2 --commit --yes")).isZero();
        assertThat(session.out()).isEqualTo("""
                NODE  OUTCOME  ANSWER
                n1    ok       committed
                """);
        assertThat(n1.asked()).last().isEqualTo("resolve {\"arguments\":[\"4f-1-2\",\"commit\"]}");
        assertThat(n2.asked()).noneMatch(asked -> asked.startsWith("resolve"));
    }

    @Test
    void whatOneNodeWasToldByHandIsNotContradictedAtAnother() {
        n1.answering("in-doubt", ONE);
        n2.answering("in-doubt", table("['4f-1-2', 'resolved: abort, not confirmed', '1', '', '', '0']"));
        assertThat(run("txn resolve 4f-1-2 --commit --yes")).isEqualTo(1);
        assertThat(session.err()).contains("n2 says of it: resolved: abort", "nothing was decided");
        assertThat(n1.asked()).noneMatch(asked -> asked.startsWith("resolve"));
    }

    @Test
    void aRefusalWeighsMoreThanAnUnknownOutcomeAndThatMoreThanSilence() {
        n1.answering("in-doubt", ONE).answering("resolve", "{'outcome': 'ok', 'value': true}");
        n2.answering("in-doubt", ONE).answering("resolve", "{'outcome': 'unknown', 'message': 'late'}");
        assertThat(run("txn resolve 4f-1-2 --abort --yes -o ndjson")).isEqualTo(2);
        assertThat(session.out().lines())
                .containsExactly(
                        "{\"node\":\"n1\",\"outcome\":\"ok\",\"answer\":\"true\"}",
                        "{\"node\":\"n2\",\"outcome\":\"unknown\",\"answer\":\"late\"}");
        n1.answering("resolve", "{'outcome': 'failed', 'reason': 'unsupported', 'message': 'it was told to commit'}");
        assertThat(run("txn resolve 4f-1-2 --abort --yes")).isEqualTo(1);
        assertThat(session.out()).contains("it was told to commit");
        n2.answering("in-doubt", NOTHING);
        n1.answering("resolve", "{'outcome': 'ok', 'value': true}");
        cluster.rests("n3");
        assertThat(run("txn resolve 4f-1-2 --abort --yes")).isEqualTo(4);
        assertThat(session.err())
                .contains(
                        "n3 is not heard: its process is stopped",
                        "who is not heard may have this transaction in doubt too");
    }

    @Test
    void whatNobodyHasInDoubtIsNotResolved() {
        n1.answering("in-doubt", table("['4f-1-2', 'resolved: commit', '1', '', '', '0']"));
        n2.answering("in-doubt", NOTHING);
        assertThat(run("txn resolve 4f-1-2 --commit --yes")).isEqualTo(1);
        assertThat(session.err())
                .contains(
                        "no node that was heard has the transaction '4f-1-2' in doubt",
                        "n1 says of it: resolved: commit");
        assertThat(n1.asked()).noneMatch(asked -> asked.startsWith("resolve"));
    }

    @Test
    void aDecisionNeedsAWordForItAndConsent() {
        n1.answering("in-doubt", ONE);
        n2.answering("in-doubt", NOTHING);
        assertThat(run("txn resolve 4f-1-2")).isEqualTo(64);
        assertThat(run("txn resolve 4f-1-2 --commit --abort")).isEqualTo(64);
        assertThat(run("txn resolve 4f-1-2 --commit")).isEqualTo(64);
        assertThat(session.err()).contains("to commit 4f-1-2 by hand at n1, without a terminal to ask, give --yes");
        assertThat(n1.asked()).noneMatch(asked -> asked.startsWith("resolve"));
        run("txn resolve --help");
        assertThat(session.out().replaceAll("\\s+", " "))
                .contains("heuristic decision: it is durable", "HEURISTIC-MIXED");
    }
}
