package dcluster.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.runtime.admin.Metrics;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaFiguresTest {
    private final Metrics metrics = new Metrics();
    private Status status = status("follower", Map.of("term", 3L, "last index", 9L, "vote", "n2", "ahead", true));

    private static Status status(String role, Map<String, Object> details) {
        return new Status(role, Optional.of(new NodeId("n1")), 7, 0, new LinkedHashMap<>(details));
    }

    @Test
    void roleAppliedAndTheAlgorithmsOwnNumbersAreFigures() {
        ReplicaFigures.register(metrics, () -> status);
        assertThat(text())
                .contains(
                        "\ndcluster_replica_role{role=\"follower\"} 1\n",
                        "\ndcluster_replica_leads 0\n",
                        "\ndcluster_replica_applied 7\n",
                        "\ndcluster_replica_term 3\n",
                        "\ndcluster_replica_last_index 9\n",
                        "\ndcluster_replica_ahead 1\n")
                .doesNotContain("vote");
    }

    @Test
    void aNewRoleTakesThePlaceOfTheOldOne() {
        ReplicaFigures.register(metrics, () -> status);
        text();
        status = status("leader", Map.of("term", 4L, "commit", 8L));
        assertThat(text())
                .contains(
                        "dcluster_replica_role{role=\"follower\"} 0\n",
                        "dcluster_replica_role{role=\"leader\"} 1\n",
                        "dcluster_replica_leads 1\n",
                        "dcluster_replica_term 4\n",
                        "dcluster_replica_commit 8\n",
                        "dcluster_replica_last_index NaN\n");
    }

    @Test
    void anAlgorithmThatMakesUpNamesFillsNothing() {
        ReplicaFigures.register(metrics, () -> status);
        for (int i = 0; i < 1000; i++) {
            status = status("follower", Map.of("name " + i, 1L));
            text();
        }
        assertThat(text().lines().count()).isLessThan(400);
    }

    private String text() {
        return "\n" + metrics.read().text();
    }
}
