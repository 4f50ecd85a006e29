package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client is told when nobody can know, and when somebody can. */
class OutcomeIT {
    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    // Long enough for a write to reach a leader that has not yet missed the others.
    private static final SharedCluster SHARED = new SharedCluster(
            CLUSTERS,
            "outcome",
            "--set",
            "options.raft.election-timeout=3s..4s",
            "--set",
            "options.raft.heartbeat-interval=200ms",
            "--set",
            "network.request-timeout=1s");

    private final TestCluster cluster = SHARED.started();

    @Test
    @Tag("hard-case-18")
    void aWriteThatOnlyTheLeaderHasIsUnknownAndAWriteThatNobodyTookHasFailed() throws IOException {
        var leader = cluster.leader();
        var others = others(leader);
        assertThat(new Ask(leader).call("RPUSH", "list", "first")).isEqualTo(new Reply.Whole(1));

        others.forEach(node -> cluster.signal("STOP", node));
        assertThat(answer(leader, "list", "in-doubt")).startsWith("UNKNOWN ");
        // A read that was not answered has done nothing.
        try (var connection = leader.connect()) {
            assertThat(connection.call("GET", "list-of-nobody"))
                    .isInstanceOfSatisfying(
                            Reply.ErrorLine.class,
                            error -> assertThat(error.kind()).isEqualTo("UNAVAILABLE"));
        }
        var attempts = new AtomicInteger();
        Until.holds(
                "the leader has stepped down",
                () -> answer(leader, "list", "attempt-" + attempts.incrementAndGet())
                        .startsWith("UNAVAILABLE "));
        var failed = "attempt-" + attempts;
        others.forEach(node -> cluster.signal("CONT", node));

        assertThat(new Ask(leader).call("RPUSH", "list", "last")).isInstanceOf(Reply.Whole.class);
        cluster.awaitAgreement();
        for (var node : cluster.nodes()) {
            var list = new Ask(node).list("list");
            assertThat(list).startsWith("first").endsWith("last").doesNotContain(failed);
            assertThat(list).doesNotHaveDuplicates();
        }
    }

    @Test
    void aWriteThatOnlyAKilledLeaderHadIsOverwrittenEverywhere() throws IOException {
        assertThat(new Ask(cluster.leader()).call("RPUSH", "orphans", "first")).isEqualTo(new Reply.Whole(1));
        var leader = cluster.leader();
        var others = others(leader).toArray(TestNode[]::new);
        // Not frozen: what lies in their sockets would reach them after all.
        cluster.kill(others);
        assertThat(answer(leader, "orphans", "orphan")).startsWith("UNKNOWN ");
        cluster.kill(leader);
        cluster.restart(others);
        assertThat(new Ask(others[0]).call("RPUSH", "orphans", "second")).isEqualTo(new Reply.Whole(2));
        cluster.restart(leader);
        cluster.awaitAgreement();
        for (var node : cluster.nodes()) {
            assertThat(new Ask(node).list("orphans")).containsExactly("first", "second");
        }
    }

    private List<TestNode> others(TestNode leader) {
        return cluster.nodes().stream()
                .filter(node -> !node.id().equals(leader.id()))
                .toList();
    }

    private static String answer(TestNode node, String list, String element) throws IOException {
        try (var connection = node.connect()) {
            var reply = connection.call("RPUSH", list, element);
            return reply instanceof Reply.ErrorLine error ? error.text() : reply.toString();
        }
    }
}
