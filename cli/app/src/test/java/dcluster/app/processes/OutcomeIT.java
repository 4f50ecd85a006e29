package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client is told when nobody can know, and when somebody can. */
class OutcomeIT {
    @RegisterExtension
    final Clusters clusters = new Clusters();

    @Test
    @Tag("hard-case-18")
    void aWriteThatOnlyTheLeaderHasIsUnknownAndAWriteThatNobodyTookHasFailed() throws IOException {
        // Long enough for a write to reach a leader that has not yet missed the others.
        var cluster = clusters.start(
                "outcome",
                "--set",
                "options.raft.election-timeout=3s..4s",
                "--set",
                "options.raft.heartbeat-interval=200ms",
                "--set",
                "network.request-timeout=1s");
        var leader = cluster.leader();
        var others = cluster.nodes().stream()
                .filter(node -> !node.id().equals(leader.id()))
                .toList();
        assertThat(new Ask(leader).call("RPUSH", "list", "first")).isEqualTo(new Reply.Whole(1));

        others.forEach(node -> cluster.signal("STOP", node));
        assertThat(answer(leader, "in-doubt")).startsWith("UNKNOWN ");
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
                () -> answer(leader, "attempt-" + attempts.incrementAndGet()).startsWith("UNAVAILABLE "));
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

    private static String answer(TestNode node, String element) throws IOException {
        try (var connection = node.connect()) {
            var reply = connection.call("RPUSH", "list", element);
            return reply instanceof Reply.ErrorLine error ? error.text() : reply.toString();
        }
    }
}
