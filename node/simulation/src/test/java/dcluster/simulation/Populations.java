package dcluster.simulation;

import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.ClusterText;
import dcluster.config.Overrides;
import dcluster.host.HostOptions;
import dcluster.journal.JournalOptions;
import dcluster.journal.Sync;
import dcluster.spi.AlgorithmProvider;
import java.util.List;

/** Clusters to simulate, as cluster files say them. */
final class Populations {
    private Populations() {}

    static Population<?, ?, ?, ?> of(String algorithm, int nodes) {
        var text = new ClusterText("test", "cluster: test\nalgorithm: '" + algorithm + "'\nnodes: " + nodes + "\n");
        var config = ClusterFile.load(text, Overrides.NONE, Algorithms.load(List.of()), () -> 1);
        return of(config, config.algorithm().provider());
    }

    private static <M, R, T, C extends Record> Population<M, R, T, C> of(
            ClusterConfig config, AlgorithmProvider<M, R, T, C> provider) {
        var options = provider.configType().cast(config.algorithm().options());
        return new Population<>(
                provider,
                options,
                config.members(),
                HostOptions.DEFAULT,
                new JournalOptions(JournalOptions.MIN_SEGMENT_BYTES * 8, new Sync.Always()));
    }
}
