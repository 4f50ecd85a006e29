package dcluster.app.process;

import dcluster.app.client.NodeReport;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whom the nodes of a cluster take for their leader, as they say at one moment. The coordinator is not asked: who routes
 * to a leader does not elect it.
 */
public record Leaders(List<Voice> voices) {
    private static final Duration ASK = Duration.ofSeconds(1);

    /**
     * What one node says.
     *
     * @param report empty if its process does not run
     */
    record Voice(ClusterProcess node, Optional<NodeReport> report) {
        private boolean names(ClusterProcess leader) {
            return report.filter(said -> said.leader().equals(leader.id())).isPresent();
        }

        private String told() {
            return report.map(said -> node.id() + told(said)).orElseGet(() -> node.id() + " is " + node.state());
        }

        private static String told(NodeReport said) {
            if (said.status().isEmpty()) {
                return " does not answer";
            }
            return " names " + (said.leader().isEmpty() ? "nobody" : said.leader());
        }
    }

    public Leaders {
        voices = List.copyOf(voices);
    }

    /** Asks all nodes that run, at the same time. */
    public static Leaders of(Cluster cluster) {
        var nodes = cluster.processes().stream()
                .filter(each -> !each.record().coordinator())
                .toList();
        var running = nodes.stream().filter(ClusterProcess::isRunning).toList();
        var reports =
                NodeReport.ask(running.stream().map(ClusterProcess::member).toList(), ASK);
        return new Leaders(nodes.stream()
                .map(node -> new Voice(
                        node, node.isRunning() ? Optional.ofNullable(reports.get(node.member())) : Optional.empty()))
                .toList());
    }

    /** The node that more than half of all nodes name, itself among them; empty if there is none. */
    public Optional<ClusterProcess> elected() {
        return voices.stream()
                .filter(voice -> voice.names(voice.node) && count(voice.node) > voices.size() / 2)
                .map(Voice::node)
                .findFirst();
    }

    private long count(ClusterProcess leader) {
        return voices.stream().filter(voice -> voice.names(leader)).count();
    }

    /** What each of them says, for people. */
    public String told() {
        return voices.stream().map(Voice::told).collect(Collectors.joining(", "));
    }

    /** Those that answered. */
    public List<Member> answering() {
        return voices.stream()
                .filter(voice ->
                        voice.report.filter(said -> !said.status().isEmpty()).isPresent())
                .map(voice -> voice.node.member())
                .toList();
    }
}
