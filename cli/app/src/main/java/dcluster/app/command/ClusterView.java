package dcluster.app.command;

import dcluster.app.client.NodeReport;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.ClusterProcess.State;
import dcluster.app.terminal.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster at one moment: what the operating system and the nodes themselves say of each member. */
final class ClusterView {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final List<String> FIRST = List.of("node", "state", "role", "leader", "applied", "stateHash");
    private static final List<String> PROGRESS = List.of("term", "ballot", "view", "commit");
    private static final List<String> LAST = List.of("incarnation", "pid", "clientPort");

    /** What a node says that stands in its row under the same key. */
    private static final List<String> REPORTED = List.of(
            "role", "leader", "applied", "stateHash", "incarnation", "uptimeMillis", "details", "peers", "journal");

    private final String name;
    private final List<ClusterProcess> processes;
    private final Map<String, NodeReport> reports = new LinkedHashMap<>();

    private ClusterView(String name, List<ClusterProcess> processes) {
        this.name = name;
        this.processes = processes;
    }

    /** Asks all nodes at the same time. */
    static ClusterView of(Cluster cluster) {
        var view = new ClusterView(cluster.name(), cluster.processes());
        var members = view.processes.stream()
                .filter(ClusterProcess::isRunning)
                .map(ClusterProcess::member)
                .toList();
        NodeReport.ask(members, PATIENCE)
                .forEach((member, report) -> view.reports.put(member.id().name(), report));
        return view;
    }

    String name() {
        return name;
    }

    /** What the cluster runs, as any of the nodes tells it. */
    String algorithm() {
        return reported("algorithm");
    }

    /** 5 if a node has crashed, else 4 if one is not ready, else 0. */
    int exit() {
        if (processes.stream().anyMatch(each -> each.state() == State.CRASHED)) {
            return Exit.CRASHED;
        }
        return !processes.isEmpty() && readyCount() == processes.size() ? Exit.OK : Exit.UNHEALTHY;
    }

    int readyCount() {
        return (int) processes.stream().filter(each -> report(each).healthy()).count();
    }

    /**
     * The columns that people see: what every algorithm has, and between it figures of this one.
     *
     * @param wide whether to show all figures, or only where it is in its progress
     */
    List<String> columns(boolean wide) {
        var columns = new ArrayList<>(FIRST);
        var details = new LinkedHashSet<String>();
        reports.values().forEach(report -> {
            if (report.status().get("details") instanceof Map<?, ?> map) {
                map.keySet().forEach(key -> details.add(String.valueOf(key)));
            }
        });
        details.removeAll(FIRST);
        if (!wide) {
            details.retainAll(PROGRESS);
        }
        columns.addAll(4, details);
        columns.addAll(LAST);
        return columns;
    }

    /** A row for each member. The algorithm's figures stand beside the others, and once more in {@code details}. */
    List<Map<String, @Nullable Object>> nodes() {
        return processes.stream().map(this::row).toList();
    }

    /** Why those that are not ready are not, a line each. */
    List<String> complaints() {
        return processes.stream()
                .filter(each -> !report(each).healthy())
                .map(each -> each.id() + " is not ready: "
                        + (each.isRunning() ? report(each).reason() : "its process is " + each.state()))
                .toList();
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("cluster", name);
        json.put("algorithm", reported("algorithm"));
        json.put("variant", reported("variant"));
        json.put("healthy", exit() == Exit.OK);
        json.put("nodes", nodes());
        return json;
    }

    private Map<String, @Nullable Object> row(ClusterProcess process) {
        var report = report(process);
        var member = process.record().member();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("cluster", name);
        row.put("node", process.id());
        row.put("state", process.state());
        row.put("ready", report.healthy());
        if (report.status().get("details") instanceof Map<?, ?> details) {
            details.forEach((key, value) -> row.put(String.valueOf(key), value));
        }
        REPORTED.forEach(key -> row.put(key, report.status().get(key)));
        row.put("pid", process.running().map(running -> (Object) running.pid()).orElse(null));
        row.put("host", member.host());
        row.put("clientPort", member.clientPort());
        row.put("peerPort", member.peerPort());
        row.put("adminPort", member.adminPort());
        return row;
    }

    private NodeReport report(ClusterProcess process) {
        return reports.getOrDefault(process.id(), NodeReport.SILENT);
    }

    private String reported(String key) {
        return reports.values().stream()
                .map(report -> report.status().get(key))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse("no node answers");
    }
}
