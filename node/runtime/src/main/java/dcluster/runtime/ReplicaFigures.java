package dcluster.runtime;

import dcluster.runtime.admin.Metrics;
import dcluster.spi.Status;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the algorithm says of itself, as figures: its role, and each number or truth among its own figures under its own
 * name. So an algorithm's term and commit can be watched, and it knows nothing of metrics. On the node's loop.
 */
final class ReplicaFigures {
    /** More are left out, lest an algorithm that makes up names fill the memory. */
    private static final int MOST = 100;

    private final Metrics metrics;
    private final Supplier<Status> ask;
    private final Set<String> known = new HashSet<>();
    private Status latest;

    private ReplicaFigures(Metrics metrics, Supplier<Status> ask) {
        this.metrics = metrics;
        this.ask = ask;
        this.latest = ask.get();
    }

    /** Registers what is there now; what comes later is registered at the reading that finds it. */
    static void register(Metrics metrics, Supplier<Status> ask) {
        var figures = new ReplicaFigures(metrics, ask);
        metrics.gauge(
                "dcluster_replica_leads",
                "1 if this replica takes itself for the leader, else 0.",
                () -> figures.latest.leader().isPresent()
                                && figures.latest.role().equals("leader")
                        ? 1
                        : 0);
        metrics.gauge(
                "dcluster_replica_applied",
                "How much of the log the replica's state includes, as an index from 1; 0 before the first entry.",
                () -> figures.latest.applied());
        metrics.beforeEachReading(figures::look);
        figures.look();
    }

    private void look() {
        latest = ask.get();
        var role = latest.role();
        if (isNew("role " + role)) {
            metrics.gauge(
                    "dcluster_replica_role",
                    "1 for the role that the replica plays now, 0 for those that it played before.",
                    () -> latest.role().equals(role) ? 1 : 0,
                    "role",
                    role);
        }
        latest.details().forEach((name, value) -> {
            if ((value instanceof Long || value instanceof Boolean) && isNew(name)) {
                metrics.gauge(
                        "dcluster_replica_" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"),
                        "The algorithm's own figure '" + name + "', as /status shows it among its details.",
                        () -> number(name));
            }
        });
    }

    private boolean isNew(String name) {
        return known.size() < MOST && known.add(name);
    }

    private double number(String name) {
        var value = latest.details().get(name);
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return value instanceof Long number ? number : Double.NaN;
    }
}
