package dcluster.app.process;

import java.util.List;

/** The clusters of a home, and the machine that their processes run on. */
public record Clusters(Home home, Machine machine) {
    /** The cluster of that name, whether it is there or not. */
    public Cluster named(String name) {
        return new Cluster(home.cluster(name), machine);
    }

    /** All that were started and not removed, by name. */
    public List<Cluster> all() {
        return home.clusters().stream()
                .map(folder -> new Cluster(folder, machine))
                .toList();
    }
}
