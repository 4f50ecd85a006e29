package dcluster.app.start;

import dcluster.app.process.Clusters;
import dcluster.app.process.HomeLock;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Progress;
import java.time.Duration;
import java.util.List;

/**
 * Starts a cluster, or what is missing of it.
 *
 * @param patience how long it may take until it serves
 * @param retain whether to leave everything as it is when that fails
 */
public record ClusterStart(Clusters clusters, Progress progress, Duration patience, boolean retain) {
    /**
     * Launches the processes that a plan misses, and waits until the cluster serves.
     *
     * @return the ids of those that were launched
     */
    public List<String> run(Plan plan) {
        var cluster = plan.cluster();
        return HomeLock.forCluster(clusters.home(), cluster.name(), () -> {
            // Asked again: another command may have started some since the plan was made.
            var missing = plan.missing();
            Runnable undo = plan.isNew() ? cluster.folder()::remove : () -> {};
            new Starting(cluster, progress, patience, retain, undo).untilServing(missing);
            return missing.stream().map(ProcessRecord::id).toList();
        });
    }
}
