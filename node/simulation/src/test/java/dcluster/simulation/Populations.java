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
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.toolkit.seam.TwoPhaseProvider;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Clusters to simulate, as cluster files say them. */
final class Populations {
    static final JournalOptions JOURNAL = new JournalOptions(JournalOptions.MIN_SEGMENT_BYTES * 8, new Sync.Always());

    private Populations() {}

    static Population<?, ?, ?, ?> of(String algorithm, int nodes) {
        var text = new ClusterText("test", "cluster: test\nalgorithm: '" + algorithm + "'\nnodes: " + nodes + "\n");
        var config = ClusterFile.load(text, Overrides.NONE, Algorithms.load(List.of()), () -> 1);
        return of(config, config.algorithm().provider());
    }

    /** An algorithm in which the coordinator has a role of its own. */
    static Population<?, ?, ?, ?> twoRoles(int nodes) {
        var members =
                IntStream.rangeClosed(1, nodes).mapToObj(i -> member("n" + i)).toList();
        return new Population<>(
                new TwoPhaseProvider(),
                new TwoPhaseProvider.Config(),
                new Membership(members, Optional.of(member("coordinator"))),
                HostOptions.DEFAULT,
                JOURNAL);
    }

    static Member member(String id) {
        return new Member(new NodeId(id), "127.0.0.1", 1, 1, 1, "");
    }

    private static <M, R, T, C extends Record> Population<M, R, T, C> of(
            ClusterConfig config, AlgorithmProvider<M, R, T, C> provider) {
        var options = provider.configType().cast(config.algorithm().options());
        return new Population<>(provider, options, config.members(), HostOptions.DEFAULT, JOURNAL);
    }
}
