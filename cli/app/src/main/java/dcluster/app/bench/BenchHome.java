package dcluster.app.bench;

import dcluster.app.process.Cluster;
import dcluster.app.process.Clusters;
import dcluster.app.process.Deletion;
import dcluster.app.process.Home;
import dcluster.app.process.LocalMachine;
import dcluster.app.start.ClusterStart;
import dcluster.app.start.Planner;
import dcluster.app.start.StartTerms;
import dcluster.app.start.Wanted;
import dcluster.config.Overrides;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Clusters for one benchmark, on free ports and in a folder of their own, which is removed with them. */
public final class BenchHome {
    private final Clusters clusters;

    /** An empty one. */
    public BenchHome() {
        try {
            clusters = new Clusters(new Home(Files.createTempDirectory("dcluster-bench")), new LocalMachine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is to be started.
     *
     * @param nodes how many, of each cluster; empty for as many as the file in the jar has
     * @param sets other keys of the cluster file, of each cluster
     */
    public record Order(List<String> variants, OptionalInt nodes, List<String> sets, List<Path> plugins) {}

    /** Starts a cluster of each variant, and waits until all serve. */
    public List<Benched> start(Order order, StartTerms terms) {
        var started = new ArrayList<Benched>();
        for (var variant : order.variants()) {
            var sets = Stream.concat(order.sets().stream(), Stream.of("port=0")).toList();
            var name = Optional.of("bench-" + (started.size() + 1));
            var wanted = new Wanted(Optional.empty(), new Overrides(Optional.of(variant), order.nodes(), name, sets));
            var plan = new Planner(clusters, wanted, order.plugins()).prepare();
            new ClusterStart(clusters, terms).run(plan);
            started.add(new Benched(variant, plan.cluster(), plan.config()));
        }
        return started;
    }

    /** Ends whatever runs of them, and removes all data. From any thread. */
    public void remove() {
        clusters.all().stream().filter(Cluster::isRunning).forEach(cluster -> cluster.kill(cluster.running()));
        Deletion.of(clusters.home().folder());
    }
}
