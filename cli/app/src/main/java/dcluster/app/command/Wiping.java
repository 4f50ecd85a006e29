package dcluster.app.command;

import dcluster.app.client.NodeReport;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.start.StoredFile;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.runtime.Memory;
import dcluster.runtime.Memory.Empty;
import dcluster.runtime.Wipes;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Empties the folders of nodes, unless the cluster could not recover from that. */
final class Wiping {
    private static final Duration ASK = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final boolean force;
    private final boolean pastRecovery;

    /** {@code force} kills what runs; {@code pastRecovery} is content with what the cluster cannot recover from. */
    Wiping(Cluster cluster, boolean force, boolean pastRecovery) {
        this.cluster = cluster;
        this.force = force;
        this.pastRecovery = pastRecovery;
    }

    /** @throws Failure if these members are not to be wiped; says why, and what to do */
    void check(List<String> ids) {
        var config = StoredFile.of(cluster);
        ids.forEach(id -> Wipes.refusal(config, new NodeId(id)).ifPresent(why -> {
            throw new Failure(Exit.USAGE, id + " is not wiped: " + why);
        }));
        if (!force) {
            requireStopped(ids);
        }
        if (!pastRecovery) {
            requireMajority(ids);
        }
    }

    private void requireStopped(List<String> ids) {
        var running = ids.stream().filter(id -> process(id).isRunning()).toList();
        if (!running.isEmpty()) {
            throw new Failure(
                    Exit.UNHEALTHY,
                    String.join(", ", running) + " still " + (running.size() == 1 ? "runs" : "run")
                            + ": 'dcluster kill -N " + cluster.name() + " " + String.join(" ", running)
                            + "' first, or give --force");
        }
    }

    /** Whoever is wiped recovers from a majority that has forgotten nothing. */
    private void requireMajority(List<String> ids) {
        var nodes = cluster.processes().stream()
                .filter(each -> !each.record().coordinator())
                .toList();
        var reports = ask(nodes);
        var whole = nodes.stream()
                .filter(each -> !ids.contains(each.id()) && isWhole(each, reports))
                .map(ClusterProcess::id)
                .toList();
        int majority = nodes.size() / 2 + 1;
        if (whole.size() < majority) {
            throw new Failure(
                    Exit.UNHEALTHY,
                    "without " + String.join(", ", ids)
                            + " too few nodes are left that certainly remember all that they"
                            + " promised: it takes " + majority + " of " + nodes.size() + ", and it would be "
                            + (whole.isEmpty() ? "none" : String.join(", ", whole)) + ". " + remedy(nodes, ids, whole)
                            + "; --past-recovery wipes all the same, and then nobody may ever recover");
        }
    }

    /** Of those that were wiped once only those that run can tell whether they have recovered. */
    private String remedy(List<ClusterProcess> nodes, List<String> ids, List<String> whole) {
        var silent = nodes.stream()
                .filter(each -> !each.isRunning() && !ids.contains(each.id()) && !whole.contains(each.id()))
                .map(ClusterProcess::id)
                .toList();
        var start = silent.isEmpty()
                ? "W"
                : "Whoever was wiped once only tells when it runs that it has recovered: 'dcluster restart -N "
                        + cluster.name() + " " + String.join(" ", silent) + "', and w";
        return start + "ait until 'dcluster status' shows that nobody is recovering";
    }

    private static Map<String, NodeReport> ask(List<ClusterProcess> nodes) {
        List<Member> running = nodes.stream()
                .filter(ClusterProcess::isRunning)
                .map(ClusterProcess::member)
                .toList();
        return NodeReport.ask(running, ASK).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().id().name(), Map.Entry::getValue));
    }

    /** One that runs says so itself. */
    private boolean isWhole(ClusterProcess node, Map<String, NodeReport> reports) {
        if (node.isRunning()) {
            var role = reports.getOrDefault(node.id(), NodeReport.SILENT).role();
            return !role.isEmpty() && !role.equals(Status.RECOVERING);
        }
        try {
            return !memory(node.id())
                    .mayHaveForgotten(new NodeId(node.id()), cluster.folder().data(node.id()));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Kills those of these members that run, and empties their folders.
     *
     * @throws Failure if a folder cannot be emptied; says which were emptied before. Then it is to be wiped again
     */
    void wipe(List<String> ids) {
        check(ids);
        cluster.kill(ids.stream()
                .map(this::process)
                .filter(ClusterProcess::isRunning)
                .toList());
        for (int i = 0; i < ids.size(); i++) {
            wipe(ids.get(i), ids.subList(0, i));
        }
    }

    private void wipe(String id, List<String> wiped) {
        try {
            memory(id).wipe(new NodeId(id), cluster.folder().data(id));
        } catch (IOException e) {
            var before = wiped.isEmpty() ? "" : ". Wiped before that: " + String.join(", ", wiped);
            throw new Failure(Exit.RESOURCE, "cannot wipe " + id + ": " + e.getMessage() + before, e);
        }
    }

    private Memory memory(String id) {
        return new Memory(cluster.folder().incarnation(id), Empty.LOST);
    }

    private ClusterProcess process(String id) {
        return cluster.process(id)
                .orElseThrow(() -> new Failure(
                        Exit.USAGE, "the cluster '" + cluster.name() + "' has no member " + id + " any more"));
    }
}
