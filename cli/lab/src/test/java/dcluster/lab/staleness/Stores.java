package dcluster.lab.staleness;

import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.ClusterText;
import dcluster.config.Overrides;
import dcluster.lab.simulation.Subject;
import dcluster.simulation.Population;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The quorum stores that tests measure. */
final class Stores {
    static final String UNREPAIRED = ",hinted-handoff=false,read-repair=false,anti-entropy=false";
    static final String LATEST = ",versions=last-write-wins";

    private Stores() {}

    /** Of so many nodes, each of which holds each key unless the variant says otherwise. */
    static ClusterConfig cluster(String variant, int nodes) {
        var text = new ClusterText("test", "cluster: test\nalgorithm: '" + variant + "'\nnodes: " + nodes + "\n");
        return ClusterFile.load(
                text, Overrides.NONE, Algorithms.load(List.of()), new AtomicInteger(7001)::getAndIncrement);
    }

    static Population<?, ?, ?, ?> store(String variant, int nodes) {
        return Subject.population(cluster(variant, nodes));
    }

    /** Three nodes, and so many of them for reads and for writes. */
    static Population<?, ?, ?, ?> store(int reads, int writes, String options) {
        return store("quorum:reads=" + reads + ",writes=" + writes + options, 3);
    }
}
