package dcluster.lab.simulation;

import dcluster.config.AlgorithmChoice;
import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.ClusterText;
import dcluster.config.Overrides;
import dcluster.toolkit.seam.TwoPhaseProvider;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What tests simulate. */
final class Subjects {
    private Subjects() {}

    /** An algorithm on clusters of these sizes. */
    static Subject of(String variant, int... sizes) {
        return new Subject(IntStream.of(sizes)
                .mapToObj(size -> cluster("algorithm: '" + variant + "'\nnodes: " + size))
                .toList());
    }

    static ClusterConfig cluster(String lines) {
        var text = new ClusterText("test", "cluster: test\n" + lines + "\n");
        return ClusterFile.load(
                text, Overrides.NONE, Algorithms.load(List.of()), new AtomicInteger(7001)::getAndIncrement);
    }

    /** Three nodes, each of which serves by itself as if it were alone: what one is told, another does not know. */
    static ClusterConfig everyoneForThemselves() {
        var alone = cluster("algorithm: none\nnodes: 1").algorithm();
        return with(
                cluster("algorithm: raft\nnodes: 3"),
                new AlgorithmChoice(new ForItself<>(alone.provider()), alone.options()));
    }

    /** An algorithm in which the coordinator has a role of its own, on clusters of these sizes. */
    static Subject twoRoles(int... sizes) {
        var choice = new AlgorithmChoice(new TwoPhaseProvider(), new TwoPhaseProvider.Config());
        return new Subject(IntStream.of(sizes)
                .mapToObj(size -> with(cluster("algorithm: raft\ncoordinator: true\nnodes: " + size), choice))
                .toList());
    }

    /** One node that keeps siblings, flawed or not. */
    static Subject shelf(Shelf.Flaw flaw) {
        return new Subject(List.of(with(
                cluster("algorithm: none\nnodes: 1"),
                new AlgorithmChoice(new Shelf.Provider(), new Shelf.Options(flaw)))));
    }

    private static ClusterConfig with(ClusterConfig cluster, AlgorithmChoice algorithm) {
        return new ClusterConfig(
                cluster.name(),
                cluster.id(),
                algorithm,
                cluster.members(),
                cluster.storage(),
                cluster.network(),
                cluster.chaos(),
                cluster.mutants(),
                cluster.balance());
    }
}
