package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A cluster that is there already, as its folder tells it.
 *
 * @param config its resolved file
 * @param plugins jars that its processes load, as absolute paths
 */
record Existing(Cluster cluster, ClusterConfig config, Algorithms algorithms, List<Path> plugins) {
    /**
     * Reads all that is known of it. The plugins that it was started with are needed again, whether they are named
     * again or not.
     */
    static Existing of(Cluster cluster, List<Path> plugins) {
        cluster.unreadable().stream().findFirst().ifPresent(each -> {
            throw each.failure();
        });
        var all = new LinkedHashSet<>(plugins);
        cluster.folder().records().forEach(record -> record.plugins().forEach(plugin -> all.add(Path.of(plugin))));
        var algorithms = Algorithms.load(List.copyOf(all));
        return new Existing(cluster, StoredFile.load(cluster, algorithms), algorithms, List.copyOf(all));
    }

    String name() {
        return cluster.name();
    }

    /** As it would be started. */
    Plan plan() {
        return planOf(config);
    }

    /** As it would be started by another file. */
    Plan planOf(ClusterConfig other) {
        return new Plan(
                cluster, other, false, plugins.stream().map(Path::toString).toList());
    }
}
