package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.ProcessRecord;
import dcluster.config.ClusterConfig;
import java.util.List;

/**
 * What {@code start} has to do.
 *
 * @param config all that is known about the cluster, its ports resolved
 * @param isNew whether its folder is still to be made
 * @param plugins jars that its processes are to load
 */
public record Plan(Cluster cluster, ClusterConfig config, boolean isNew, List<String> plugins) {
    /** The members whose processes do not run, as they would be launched. */
    public List<ProcessRecord> missing() {
        var running = cluster.running().stream().map(ClusterProcess::id).toList();
        var begun = cluster.folder().records().stream()
                .filter(ProcessRecord::begun)
                .map(ProcessRecord::id)
                .toList();
        return config.members()
                .all()
                .filter(member -> !running.contains(member.id().name()))
                .map(member -> ProcessRecord.initial(member, config.members().isCoordinator(member.id()), plugins))
                .map(record -> begun.contains(record.id()) ? record.beginning() : record)
                .toList();
    }
}
