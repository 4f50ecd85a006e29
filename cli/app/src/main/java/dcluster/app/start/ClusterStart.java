package dcluster.app.start;

import dcluster.app.process.Clusters;
import dcluster.app.process.HomeLock;
import dcluster.app.process.ProcessRecord;
import java.util.List;

/** Starts a cluster, or what is missing of it. */
public record ClusterStart(Clusters clusters, StartTerms terms) {
    /**
     * Launches the processes that a plan misses, and waits until the cluster serves.
     *
     * @return the ids of those that were launched
     */
    public List<String> run(Plan plan) {
        return run(plan, plan.isNew() ? plan.cluster().folder()::remove : () -> {});
    }

    /** The same; {@code undo} is what else to undo when it fails, once all that was launched has ended. */
    public List<String> run(Plan plan, Runnable undo) {
        var cluster = plan.cluster();
        return HomeLock.forCluster(clusters.home(), cluster.name(), () -> {
            // Asked again: another command may have started some since the plan was made.
            var missing = plan.missing();
            new Starting(cluster, terms, undo).untilServing(missing);
            return missing.stream().map(ProcessRecord::id).toList();
        });
    }
}
