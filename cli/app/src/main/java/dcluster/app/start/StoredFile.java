package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.ConfigException;
import dcluster.config.Heap;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import java.util.List;
import java.util.function.Supplier;

/** The resolved file in the folder of a cluster that is there already: its processes cannot be launched without it. */
public final class StoredFile {
    private StoredFile() {}

    /**
     * Looks whether processes could be launched from it, before any that runs is stopped for that.
     *
     * @throws Failure if not; says what to do
     */
    public static void check(Cluster cluster) {
        read(cluster, () -> Heap.of(cluster.folder().config()));
    }

    /**
     * What it says, with the plugins that the cluster was started with.
     *
     * @throws Failure if it cannot be read; says what to do
     */
    public static ClusterConfig of(Cluster cluster) {
        return Existing.of(cluster, List.of()).config();
    }

    static ClusterConfig load(Cluster cluster, Algorithms algorithms) {
        return read(
                cluster,
                () -> ClusterFile.load(cluster.folder().config(), Overrides.NONE, algorithms, PortPicker.NONE));
    }

    private static <T> T read(Cluster cluster, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ConfigException e) {
            throw new Failure(
                    Exit.BAD_CONFIG,
                    e.getMessage() + "\nthe cluster '" + cluster.name()
                            + "' cannot be started from this file; put it right, or remove the cluster with its data by"
                            + " 'dcluster rm -N " + cluster.name() + "'",
                    e);
        }
    }
}
