package dcluster.app.bench;

import dcluster.app.client.NodeReport;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import java.time.Duration;
import java.util.List;

/**
 * A cluster that runs and is measured.
 *
 * @param variant how it is called beside others
 */
public record Benched(String variant, Cluster cluster, ClusterConfig config) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How often its members have begun transactions again, of which a client saw nothing. */
    long begunAgain() {
        return NodeReport.ask(cluster.members(), PATIENCE).values().stream()
                .mapToLong(report -> report.detail("begunAgain").orElse(0L))
                .sum();
    }

    /** Members whose processes ended and should not have. */
    public List<String> crashed() {
        return cluster.processes().stream()
                .filter(process -> process.state() == ClusterProcess.State.CRASHED)
                .map(process -> process.id() + " of " + variant)
                .toList();
    }

    /** All that can be set of it. */
    String configuration() {
        return ClusterFile.write(config);
    }
}
