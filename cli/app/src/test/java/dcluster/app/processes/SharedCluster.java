package dcluster.app.processes;

import org.jspecify.annotations.Nullable;

/**
 * A cluster that all tests of a class use, started by the first: each finds it healthy, even if the one before failed.
 */
final class SharedCluster {
    private final Clusters clusters;
    private final String name;
    private final String[] arguments;
    private @Nullable TestCluster started;

    SharedCluster(Clusters clusters, String name, String... arguments) {
        this.clusters = clusters;
        this.name = name;
        this.arguments = arguments;
    }

    TestCluster started() {
        if (started == null) {
            started = clusters.start(name, arguments);
        } else {
            started.revive();
        }
        return started;
    }
}
