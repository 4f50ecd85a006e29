package dcluster.app.command;

import dcluster.app.client.NodeReport;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.ClusterProcess.State;
import dcluster.app.process.Unreadable;
import dcluster.app.terminal.Exit;
import dcluster.spi.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A cluster at one moment: what the operating system and the nodes themselves say of each member. */
final class ClusterView {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final List<String> FIRST = List.of("node", "state", "role", "leader", "applied", "stateHash");
    private static final List<String> PROGRESS = List.of("term", "promised", "view", "commit", "chosen");

    /** {@link Status#UNDER_WAY} as nodes say it. */
    private static final String UNDER_WAY = "underWay";

    private static final List<String> LAST = List.of("incarnation", "pid", "clientPort");

    /** What a node says that stands in its row under the same key. */
    private static final List<String> REPORTED = List.of(
            "role", "leader", "applied", "stateHash", "details", "incarnation", "uptimeMillis", "peers", "journal");

    private final String name;
    private final List<ClusterProcess> processes;
    private final List<Unreadable> unreadable;
    private final List<Map<String, @Nullable Object>> unreadableRows;
    private final Map<String, NodeReport> reports = new LinkedHashMap<>();

    private ClusterView(Cluster cluster) {
        name = cluster.name();
        processes = cluster.processes();
        unreadable = cluster.unreadable();
        unreadableRows =
                unreadable.stream().map(each -> unreadableRow(cluster, each)).toList();
    }

    private static Map<String, @Nullable Object> unreadableRow(Cluster cluster, Unreadable unreadable) {
        var row = UnreadableRow.of(cluster, unreadable);
        row.put("ready", false);
        return row;
    }

    /** Asks all nodes at the same time. */
    static ClusterView of(Cluster cluster) {
        var view = new ClusterView(cluster);
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
        return reported("algorithm").map(String::valueOf).orElse("no node answers");
    }

    /** 5 if a node has crashed, else 4 if one is not ready, else 0. */
    int exit() {
        if (processes.stream().anyMatch(each -> each.state() == State.CRASHED)) {
            return Exit.CRASHED;
        }
        return nodeCount() > 0 && readyCount() == nodeCount() ? Exit.OK : Exit.UNHEALTHY;
    }

    int readyCount() {
        return (int) processes.stream().filter(each -> report(each).healthy()).count();
    }

    /**
     * The columns that people see: what every algorithm has, and between it figures of this one.
     *
     * @param wide whether to show all there is, or only what fits into 80 columns
     */
    List<String> columns(boolean wide) {
        var details = new LinkedHashSet<String>();
        reports.values().forEach(report -> details(report).keySet().forEach(key -> details.add(String.valueOf(key))));
        boolean isWorking = details.remove(UNDER_WAY);
        details.removeAll(FIRST);
        if (!wide) {
            details.retainAll(PROGRESS);
        }
        var columns = new ArrayList<>(FIRST);
        columns.addAll(4, details);
        columns.addAll(wide ? LAST : List.of());
        columns.addAll(isWorking ? List.of(UNDER_WAY) : List.of());
        columns.add("file");
        return columns;
    }

    int nodeCount() {
        return processes.size() + unreadable.size();
    }

    /** A row for each member, in which the figures of its algorithm stand beside the others. */
    List<Map<String, @Nullable Object>> rows() {
        return all(this::row);
    }

    private List<Map<String, @Nullable Object>> all(Function<ClusterProcess, Map<String, @Nullable Object>> row) {
        return Stream.concat(processes.stream().map(row), unreadableRows.stream())
                .toList();
    }

    private Map<String, @Nullable Object> row(ClusterProcess process) {
        var row = node(process);
        details(report(process)).forEach((key, value) -> row.putIfAbsent(String.valueOf(key), value));
        return row;
    }

    /** For programs: an object for each member, with the name of the cluster. */
    List<Map<String, @Nullable Object>> nodes() {
        return all(this::named);
    }

    private Map<String, @Nullable Object> named(ClusterProcess process) {
        var named = new LinkedHashMap<String, @Nullable Object>();
        named.put("cluster", name);
        named.putAll(node(process));
        return named;
    }

    /** Why those that are not ready are not, a line each. */
    List<String> complaints() {
        var notReady = processes.stream()
                .filter(each -> !report(each).healthy())
                .map(each -> each.id() + " is not ready: "
                        + (each.isRunning() ? report(each).reason() : "its process is " + each.state()));
        return Stream.concat(notReady, unreadable.stream().map(Unreadable::told))
                .toList();
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("cluster", name);
        json.put("algorithm", reported("algorithm").orElse(null));
        json.put("options", reported("options").orElse(null));
        json.put("healthy", exit() == Exit.OK);
        json.put("nodes", all(this::node));
        return json;
    }

    private Map<String, @Nullable Object> node(ClusterProcess process) {
        var report = report(process);
        var member = process.record().member();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("node", process.id());
        row.put("state", process.state());
        row.put("ready", report.healthy());
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

    private static Map<?, ?> details(NodeReport report) {
        return report.status().get("details") instanceof Map<?, ?> details ? details : Map.of();
    }

    /** What all nodes say alike, by any of them; empty if none answers. */
    private Optional<Object> reported(String key) {
        return reports.values().stream()
                .map(report -> Optional.ofNullable(report.status().get(key)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
