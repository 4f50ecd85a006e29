package dcluster.paxos;

import dcluster.paxos.PaxosConfig.ReadPath;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Script;
import dcluster.toolkit.testing.Stage;
import dcluster.toolkit.testing.Transcript;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What scripts of {@code paxos} say beside what all scripts say.
 *
 * <pre>
 * cluster 5 phase-1=4 phase-2=2 ...  options: phase-1 and phase-2, grid, reads, small
 * suspect n1 ...                     each one's clock moves until it suspects that there is no leader
 * status                             of each node; what it has accepted is instance:ballot:value
 * </pre>
 */
final class PaxosDialect implements Script.Dialect<PaxosMessage, PaxosRecord, PaxosTimer, Paxos> {
    @Override
    public Stage<PaxosMessage, PaxosRecord, PaxosTimer, Paxos> begin(String[] words, Transcript out) {
        var config = config(Script.options(words, 2));
        var invariants = PaxosInvariants.all().stream().map(Supplier::get).toList();
        var stage = new Stage<PaxosMessage, PaxosRecord, PaxosTimer, Paxos>(
                context -> new Paxos(config, context), invariants, out);
        stage.start(Members.of(Integer.parseInt(words[1])));
        return stage;
    }

    private static PaxosConfig config(Map<String, String> options) {
        if (options.containsKey("small")) {
            return Configs.small(Integer.parseInt(options.get("small")));
        }
        boolean isLog = "log".equals(options.get("reads"));
        return Configs.of(quorums(options), isLog ? ReadPath.LOG : ReadPath.READ_INDEX);
    }

    private static Quorums quorums(Map<String, String> options) {
        if (options.containsKey("phase-1")) {
            return new Quorums.Flexible(
                    Integer.parseInt(options.get("phase-1")), Integer.parseInt(options.get("phase-2")));
        }
        return options.containsKey("grid") ? new Quorums.Grid() : new Quorums.Majority();
    }

    @Override
    public void execute(Stage<PaxosMessage, PaxosRecord, PaxosTimer, Paxos> stage, String[] words) {
        switch (words[0]) {
            case "suspect" -> {
                for (int i = 1; i < words.length; i++) {
                    suspect(stage, new NodeId(words[i]));
                }
            }
            case "status" -> stage.nodes().forEach(node -> stage.write(status(stage, node)));
            default -> Script.Dialect.super.execute(stage, words);
        }
    }

    private static void suspect(Stage<PaxosMessage, PaxosRecord, PaxosTimer, Paxos> stage, NodeId node) {
        // The timer may be early, since a leader that is heard does not restart it; then it runs on.
        for (int before = stage.traces(node); stage.traces(node) == before; ) {
            var rest = Objects.requireNonNull(stage.at(node).timers().get(PaxosTimer.SUSPICION), "it leads");
            stage.advance(node, rest);
        }
    }

    private static String status(Stage<PaxosMessage, PaxosRecord, PaxosTimer, Paxos> stage, NodeId node) {
        var paxos = stage.replica(node);
        var durable = paxos.durable();
        var context = stage.at(node);
        return node + (stage.isUp(node) ? " " + paxos.proposer().role().word() : " down") + " promised="
                + durable.vows().promised() + " chosen=" + durable.chosen() + " applied="
                + durable.machine().applied() + " accepted="
                + Text.of(durable.vows().acceptedFrom(1)) + " log=" + log(durable) + " durable="
                + context.durableCount() + "/" + context.records().size() + " held=" + context.held();
    }

    private static String log(DurableState durable) {
        var log = durable.log();
        return log.firstIndex() + Text.of(log.slice(log.firstIndex(), Integer.MAX_VALUE, Long.MAX_VALUE / 2));
    }

    @Override
    public String text(Object value) {
        return Text.of(value);
    }
}
