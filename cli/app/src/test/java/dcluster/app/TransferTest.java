package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.FakeAdmin;
import dcluster.app.command.FakeCluster;
import dcluster.app.command.TestSession;
import dcluster.app.process.ClusterFolder;
import dcluster.app.terminal.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code transfer} makes of what three nodes answer. */
class TransferTest {
    private static final String OFFERED = "{'operations': [{'name': 'transfer', 'about': 'moves leadership'}]}";
    private static final String DONE = "{'outcome': 'ok', 'value': true}";

    @TempDir
    private Path temporary = Path.of("");

    private TestSession session = new TestSession();
    private FakeCluster cluster = new FakeCluster(new ClusterFolder(temporary));
    private final FakeAdmin n1 = new FakeAdmin();
    private final FakeAdmin n2 = new FakeAdmin();
    private final FakeAdmin n3 = new FakeAdmin();

    @BeforeEach
    void moveIn() {
        session = new TestSession(temporary);
        cluster = FakeCluster.in(session, "demo");
        cluster.runs("n1", n1.port());
        cluster.runs("n2", n2.port());
        cluster.runs("n3", n3.port());
        all().forEach(node -> node.showing("/operations", OFFERED));
        all().forEach(node -> follows(node, "n1"));
        says(n1, "leader", "n1");
    }

    @AfterEach
    void close() {
        all().forEach(FakeAdmin::close);
    }

    private Stream<FakeAdmin> all() {
        return Stream.of(n1, n2, n3);
    }

    private static void follows(FakeAdmin node, String leader) {
        says(node, "follower", leader);
    }

    private static void says(FakeAdmin node, String role, String leader) {
        node.showing("/status", "{'role': '" + role + "', 'leader': '" + leader + "'}");
    }

    /** From then on all nodes say that the second leads. */
    private void electTheSecond() {
        follows(n1, "n2");
        says(n2, "leader", "n2");
        follows(n3, "n2");
    }

    private int run(String command) {
        session.reset();
        var words = command.split(" ");
        return CommandLines.of(session.session(), List.of(words)).execute(words);
    }

    @Test
    void theLeaderIsAskedAndTheNextIsTheOneThatMoreThanHalfOfTheNodesName() {
        n1.answering("transfer", DONE).doing("transfer", this::electTheSecond);
        assertThat(run("transfer --to n2")).isZero();
        assertThat(session.out()).matches("leadership of 'demo' has moved from n1 to n2 \\(took [0-9]+ ms\\)\n");
        assertThat(n1.asked()).containsExactly("transfer {\"arguments\":[\"n2\"]}");
        assertThat(n2.asked()).isEmpty();
        assertThat(session.err()).isEmpty();
    }

    @Test
    void withoutATargetTheLeaderChooses() {
        n1.answering("transfer", DONE).doing("transfer", this::electTheSecond);
        assertThat(run("transfer -N demo -o json")).isZero();
        assertThat(n1.asked()).containsExactly("transfer {\"arguments\":[]}");
        assertThat(Json.object(session.out()))
                .containsEntry("cluster", "demo")
                .containsEntry("moved", true)
                .containsEntry("from", "n1")
                .containsEntry("to", "n2")
                .containsKey("millis");
    }

    @Test
    void aTargetMayBeARoleOrAnyOtherNodeThatRunsButNeverTheLeader() {
        n1.answering("transfer", DONE).doing("transfer", this::electTheSecond);
        follows(n3, "");
        says(n3, "observer", "n1");
        assertThat(run("transfer --to follower")).isZero();
        assertThat(n1.asked()).containsExactly("transfer {\"arguments\":[\"n2\"]}");
        assertThat(run("transfer --to followers")).isEqualTo(64);
        assertThat(session.err()).contains("--to is one node, and 'followers' means n1 and n3");
        assertThat(run("transfer --to random(3)")).isEqualTo(4);
        assertThat(session.err()).contains("random(3) cannot be chosen: 2 nodes run");
    }

    @Test
    void whoLeadsAlreadyNeedsNoTransfer() {
        assertThat(run("transfer --to n1")).isZero();
        assertThat(session.out()).isEqualTo("n1 leads 'demo' already\n");
        assertThat(run("transfer --to leader -o ndjson")).isZero();
        assertThat(Json.object(session.out())).containsEntry("moved", false);
        assertThat(n1.asked()).isEmpty();
    }

    @Test
    void whoIsNotNamedByMoreThanHalfOfTheNodesOrDoesNotRunIsNoLeader() {
        follows(n2, "");
        follows(n3, "");
        assertThat(run("transfer --wait 50ms")).isEqualTo(4);
        assertThat(session.err())
                .contains("more than half of the nodes of 'demo' must agree on who leads: n1 names n1, n2 names nobody,"
                        + " n3 names nobody; 'dcluster status -N demo' shows more");
        electTheSecond();
        cluster.rests("n2");
        assertThat(run("transfer --wait 50ms")).isEqualTo(4);
        assertThat(session.err()).contains("n1 names n2, n2 is stopped, n3 names n2");
    }

    @Test
    void aTargetThatIsDownOrUnknownIsToldBeforeAnythingIsAsked() {
        cluster.rests("n3");
        assertThat(run("transfer --to n3")).isEqualTo(4);
        assertThat(session.err()).contains("n3 does not run, it is stopped; 'dcluster restart n3 -N demo' starts it");
        assertThat(run("transfer --to n9")).isEqualTo(64);
        assertThat(session.err()).contains("no node and no role is called 'n9' now; nodes: n2, n3");
        assertThat(n1.asked()).isEmpty();
    }

    @Test
    void anAlgorithmWithoutTheOperationIsToldWithThoseThatHaveIt() {
        all().forEach(node -> node.showing("/operations", "{'operations': []}"));
        assertThat(run("transfer")).isEqualTo(1);
        assertThat(session.err())
                .contains("the algorithm of 'demo' has no leadership to hand over; those that have: paxos, raft");
        assertThat(n1.asked()).isEmpty();
    }

    @Test
    void aLeaderThatRefusesIsQuoted() {
        n1.answering(
                "transfer",
                "{'outcome': 'failed', 'reason': 'unavailable', 'message': 'n2 did not catch up in time; n1 goes on"
                        + " leading'}");
        assertThat(run("transfer --to n2")).isEqualTo(1);
        assertThat(session.err())
                .isEqualTo("dcluster: n1 does not hand over: n2 did not catch up in time; n1 goes on leading\n");
        assertThat(session.out()).isEmpty();
    }

    @Test
    void anOrderWithoutAnAnswerIsUnknownUnlessAnotherNodeLeads() {
        n1.answering("transfer", "{'outcome': 'unknown', 'message': 'no answer within 5000 ms'}");
        assertThat(run("transfer --wait 2s")).isEqualTo(2);
        assertThat(session.err())
                .contains("whether n1 hands over is not known: no answer within 5000 ms; n1 names n1, n2 names n1");
        n1.doing("transfer", this::electTheSecond);
        assertThat(run("transfer")).isZero();
        assertThat(session.out()).contains("has moved from n1 to n2");
    }

    @Test
    void anotherLeaderThanWasNamedIsSaid() {
        n1.answering("transfer", DONE).doing("transfer", this::electTheSecond);
        assertThat(run("transfer --to n3")).isEqualTo(1);
        assertThat(session.out()).contains("has moved from n1 to n2");
        assertThat(session.err()).isEqualTo("it was to move to n3, but another election came first\n");
    }

    @Test
    void aHandoverAfterWhichNobodyLeadsIsNotInTime() {
        n1.answering("transfer", DONE).doing("transfer", () -> all().forEach(node -> follows(node, "")));
        assertThat(run("transfer --wait 2s")).isEqualTo(4);
        assertThat(session.err())
                .contains(
                        "n1 has handed over, and no other node is named by more than half of the nodes in time",
                        "n2 names nobody");
    }

    @Test
    void aLeaderThatBecomesKnownTooLateIsNotAsked() {
        assertThat(run("transfer --wait 0ms")).isEqualTo(4);
        assertThat(session.err())
                .isEqualTo("dcluster: n1 leads, and was not asked to hand over: the time was up when that was known\n");
        assertThat(n1.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000h", "999999999h"})
    void patienceMayBeLongerThanSocketsAndClocksCount(String wait) {
        n1.answering("transfer", DONE).doing("transfer", this::electTheSecond);
        assertThat(run("transfer --wait " + wait)).isZero();
        assertThat(session.out()).contains("has moved from n1 to n2");
    }

    @Test
    void aClusterThatDoesNotRunIsToldHowToStart() {
        List.of("n1", "n2", "n3").forEach(cluster::rests);
        assertThat(run("transfer")).isEqualTo(4);
        assertThat(session.err()).contains("the cluster 'demo' does not run; 'dcluster start -N demo' starts it");
        assertThat(run("transfer -N other")).isEqualTo(64);
    }
}
