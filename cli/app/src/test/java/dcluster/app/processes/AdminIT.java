package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What nodes show over HTTP. */
class AdminIT {
    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    private static final SharedCluster SHARED = new SharedCluster(CLUSTERS, "admin");

    private final TestCluster cluster = SHARED.started();

    @Test
    void anElectionIsAnEvent() throws IOException {
        var leader = cluster.leader();
        try (var events = new Events(leader)) {
            // Among the notes that are kept, and so shown to whoever comes later.
            events.await("\"event\":\"elected\"");
        }
        var watched = cluster.follower();
        try (var events = new Events(watched)) {
            events.await("\"event\":\"follows\"");
            cluster.kill(leader);
            events.await("\"event\":\"pre-candidate\"", "\"event\":\"follows\"", "\"event\":\"elected\"");
        }
        assertThat(cluster.leader().id()).isNotEqualTo(leader.id());
        cluster.restart(leader);
    }

    @Test
    void whatANodeDoesShowsInItsFigures() {
        var node = cluster.follower();
        double requests = figure(node, "dcluster_client_requests_total");
        double syncs = figure(node, "dcluster_journal_syncs_total");
        for (int i = 0; i < 20; i++) {
            new Ask(node).call("SET", "figure", "" + i);
        }
        assertThat(figure(node, "dcluster_client_requests_total")).isGreaterThanOrEqualTo(requests + 20);
        Until.holds("its syncs are counted", () -> figure(node, "dcluster_journal_syncs_total") > syncs);
        assertThat(Until.there("a status", node::status))
                .containsEntry("node", node.id())
                .containsEntry("cluster", "admin")
                .containsEntry("pid", node.pid());
        assertThat(Until.there("an answer", () -> node.page("/health")).body()).contains("{\"healthy\":true}");
        assertThat(Until.there("an answer", () -> node.page("/nothing")).status())
                .isEqualTo(404);
    }

    @Test
    void everyFigureIsExplainedInASentence() {
        var leader = cluster.leader();
        new Ask(leader).call("SET", "figure", "1");
        var page = Until.there("an answer", () -> leader.page("/metrics")).body();
        assertThat(page.lines().filter(line -> line.startsWith("# HELP ")))
                .hasSizeGreaterThan(40)
                .allMatch(line -> line.matches("# HELP dcluster_[a-z_]+ [A-Z1].{20,}[.]"));
        for (var name : List.of("role{role=\"leader\"}", "leads", "applied", "term", "commit")) {
            assertThat(figure(leader, "dcluster_replica_" + name)).isPositive();
        }
        assertThat(figure(leader, "dcluster_client_latency_seconds_count{kind=\"write\"}"))
                .isPositive();
        assertThat(figure(leader, "dcluster_journal_sync_seconds_sum")).isPositive();
        assertThat(figure(leader, "dcluster_host_turn_events_count")).isPositive();
    }

    private static double figure(TestNode node, String name) {
        return Until.there(name, () -> node.metric(name));
    }

    @Test
    void aFrozenLeaderDoesNotAnswerTheOthersGoOnAndThawedItFollowsThem() {
        try (var load = Load.start(cluster, 4)) {
            load.awaitProgress(100);
            var frozen = cluster.leader();
            cluster.signal("STOP", frozen);
            assertThat(frozen.page("/health")).isEmpty();
            assertThat(cluster.leader().id()).isNotEqualTo(frozen.id());
            load.awaitProgress(300);
            assertThat(cluster.run("status").exits(4).err())
                    .contains(frozen.id() + " is not ready: it does not answer");
            cluster.signal("CONT", frozen);
            cluster.awaitHealth();
            load.awaitProgress(100);
            load.end();
            System.err.println(load);
            load.verify(cluster);
        }
        cluster.awaitAgreement();
    }

    /** A stream of a node's notes. */
    private static final class Events implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Events(TestNode node) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), node.adminPort());
            socket.setSoTimeout((int) Until.PATIENCE.toMillis());
            var request = "GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** Reads until a note has one of these texts in it. */
        void await(String... texts) throws IOException {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                for (var text : texts) {
                    if (line.contains(text)) {
                        return;
                    }
                }
            }
            throw new AssertionError("the stream of events has ended");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
