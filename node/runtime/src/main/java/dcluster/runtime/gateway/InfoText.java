package dcluster.runtime.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What INFO says: sections of {@code key:value} lines, as the tools that read Redis' INFO expect them. */
final class InfoText {
    private static final Set<String> EVERYTHING = Set.of("all", "default", "everything");

    private final NodeFacts node;
    private final Supplier<GatewayMetrics> metrics;

    InfoText(NodeFacts node, Supplier<GatewayMetrics> metrics) {
        this.node = node;
        this.metrics = metrics;
    }

    /** The sections of these names, in small letters; all, where none is named. */
    String text(List<String> asked) {
        var now = metrics.get();
        var text = new StringBuilder();
        append(text, asked, "Server", server());
        append(text, asked, "Clients", clients(now));
        append(text, asked, "Stats", stats(now));
        append(text, asked, "Commandstats", commands(now));
        append(text, asked, "Node", node.facts().get());
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> asked, String name, Map<String, String> lines) {
        boolean wanted = asked.isEmpty()
                || asked.contains(name.toLowerCase(Locale.ROOT))
                || asked.stream().anyMatch(EVERYTHING::contains);
        if (!wanted) {
            return;
        }
        text.append(text.isEmpty() ? "# " : "\r\n# ").append(name).append("\r\n");
        lines.forEach((key, value) -> text.append(key).append(':').append(value).append("\r\n"));
    }

    private Map<String, String> server() {
        return new TreeMap<>(Map.of("dcluster_version", node.version(), "redis_mode", "standalone"));
    }

    private static Map<String, String> clients(GatewayMetrics now) {
        return Map.of("connected_clients", "" + now.connections());
    }

    private static Map<String, String> stats(GatewayMetrics now) {
        var lines = new TreeMap<String, String>();
        lines.put("total_connections_received", "" + now.accepted());
        lines.put("rejected_connections", "" + now.turnedAway());
        lines.put("dropped_connections", "" + now.dropped());
        lines.put("total_commands_processed", "" + now.requests());
        lines.put("total_net_input_bytes", "" + now.readBytes());
        lines.put("total_net_output_bytes", "" + now.writtenBytes());
        lines.put("refused_requests", "" + now.refused());
        lines.put("failed_requests", "" + now.failed());
        lines.put("unknown_outcomes", "" + now.unknown());
        lines.put("redirected_requests", "" + now.redirected());
        lines.put("protocol_errors", "" + now.protocolErrors());
        lines.put("read_pauses", "" + now.pauses());
        return lines;
    }

    private static Map<String, String> commands(GatewayMetrics now) {
        var lines = new TreeMap<String, String>();
        now.requestsByName().forEach((name, count) -> lines.put("cmdstat_" + name, "calls=" + count));
        return lines;
    }
}
