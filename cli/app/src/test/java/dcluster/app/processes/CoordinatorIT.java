package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that know the coordinator's address alone. */
class CoordinatorIT {
    @RegisterExtension
    final Clusters clusters = new Clusters();

    @Test
    void aCoordinatorSendsCommandsToTheLeaderAndFindsTheNextOne() {
        var cluster = clusters.start("leader", "--set", "coordinator=true");
        try (var load = Load.start(cluster, 4)) {
            load.awaitProgress(500);
            var leader = cluster.leader();
            cluster.kill(leader);
            load.awaitProgress(500);
            cluster.restart(leader);
            load.end();
            System.err.println(load);
            load.verify(cluster);
        }
        cluster.awaitAgreement();

        kv("put", "greeting", "hello");
        assertThat(kv("get", "greeting")).isEqualTo("hello\n");
        assertThat(kv("incr", "count")).isEqualTo("1\n");
    }

    private String kv(String... words) {
        var command = Stream.of(Stream.of("kv"), Stream.of(words), Stream.of("--at", "coordinator"))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return clusters.cli().run(command).exits(0).out();
    }

    @Test
    void aCoordinatorSpreadsCommandsInTurnAndShowsHow() {
        var cluster = clusters.start("turns", "--set", "coordinator={balance: round-robin}");
        try (var load = Load.start(cluster, 4)) {
            load.awaitProgress(900);
            load.end();
            load.verify(cluster);
        }
        var coordinator = cluster.coordinator().orElseThrow();
        var status = Until.there("a status", coordinator::status);
        assertThat(status).containsEntry("role", "router");
        assertThat(status.get("details")).isInstanceOfSatisfying(Map.class, details -> {
            assertThat(details.get("balance")).isEqualTo("round-robin");
            for (var node : List.of("n1", "n2", "n3")) {
                assertThat((Long) details.get(node + "Commands"))
                        .as("commands of %s", node)
                        .isGreaterThan(300);
            }
        });
        assertThat(cluster.run("status", "-o", "json").exits(0).out()).contains("\"balance\" : \"round-robin\"");

        // What serves no client stops too, and comes back.
        cluster.kill(coordinator);
        assertThat(cluster.run("status").exits(5).err()).contains("coordinator is not ready: its process is crashed");
        cluster.restart(coordinator);
        assertThat(new Ask(coordinator).call("INCR", "count")).hasToString("Whole[value=1]");
    }
}
