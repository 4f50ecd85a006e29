package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.app.process.Home;
import dcluster.app.process.HomeLock;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.spi.Member;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Another file for a cluster that is there and does not run. Its name, its id and its data stay: nodes that are gone are
 * forgotten, but what they hold is not deleted, and if they come back they go on with it.
 */
public final class Reconfiguration {
    private final Cluster cluster;
    private final ClusterConfig before;
    private final Plan plan;
    private final List<ProcessRecord> records;

    private Reconfiguration(Existing there, ClusterConfig after) {
        this.cluster = there.cluster();
        this.before = there.config();
        this.plan = there.planOf(after);
        this.records = cluster.folder().records();
    }

    /** @throws Failure if the cluster could not go on so; nothing is changed yet in any case */
    static Reconfiguration of(Existing there, ClusterConfig wanted) {
        var after = wanted.withId(there.config().id());
        try {
            after.checkChange(there.config());
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Exit.USAGE, "the cluster '" + there.name() + "' cannot be reconfigured so: " + e.getMessage(), e);
        }
        return new Reconfiguration(there, after).requireStopped();
    }

    private Reconfiguration requireStopped() {
        if (!isTrivial() && cluster.isRunning()) {
            throw new Failure(
                    Exit.USAGE,
                    "the cluster '" + cluster.name() + "' runs, and only one that is stopped can be reconfigured;"
                            + " 'dcluster stop -N " + cluster.name() + "' stops it");
        }
        return this;
    }

    private boolean isTrivial() {
        return before.equals(plan.config());
    }

    /** The cluster as it will be. */
    public Plan plan() {
        return plan;
    }

    /** Puts it in place of what there is. Should that be interrupted, the same again completes it. */
    Reconfiguration apply(Home home) {
        return HomeLock.forCluster(home, cluster.name(), () -> {
            if (!requireStopped().cluster.isRunning()) {
                // The file first, for it alone says what the cluster is; records follow it.
                cluster.folder().reconfigure(ClusterFile.write(plan.config()));
                plan.missing().forEach(cluster.folder()::keep);
                gone().forEach(cluster.folder()::forget);
            }
            return this;
        });
    }

    /** Takes it back, unless nothing was changed or somebody else has started the cluster so. */
    public boolean undo() {
        if (isTrivial() || cluster.isRunning()) {
            return false;
        }
        cluster.folder().reconfigure(ClusterFile.write(before));
        records.forEach(cluster.folder()::keep);
        without(ids(plan.config()), ids(before)).forEach(cluster.folder()::forget);
        return true;
    }

    /** What differs and what becomes of it, a line each for people. */
    public List<String> told() {
        var lines = new ArrayList<>(ClusterFile.changes(before, plan.config()));
        without(ids(plan.config()), ids(before)).stream()
                .filter(id -> Files.exists(cluster.folder().data(id)))
                .forEach(id -> lines.add(id + " was a member before, and goes on with its data in "
                        + cluster.folder().data(id)));
        gone().forEach(id -> lines.add(id + " is no member any more; its data stays in "
                + cluster.folder().data(id)));
        return lines;
    }

    private List<String> gone() {
        return without(records.stream().map(ProcessRecord::id).toList(), ids(plan.config()));
    }

    private static List<String> ids(ClusterConfig config) {
        return config.members().all().map(Member::id).map(id -> id.name()).toList();
    }

    private static List<String> without(List<String> ids, List<String> others) {
        return ids.stream().filter(id -> !others.contains(id)).toList();
    }
}
