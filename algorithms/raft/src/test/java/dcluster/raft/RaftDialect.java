package dcluster.raft;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Script;
import dcluster.toolkit.testing.Stage;
import dcluster.toolkit.testing.Transcript;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What scripts of {@code raft} say beside what all scripts say.
 *
 * <pre>
 * cluster 3 pre-vote=false ...   options: pre-vote, check-quorum, reads, small, batch
 * timeout n1                     n1's clock moves until its election timeout has run out
 * status | log
 * </pre>
 */
final class RaftDialect implements Script.Dialect<RaftMessage, RaftRecord, RaftTimer, Raft> {
    @Override
    public Stage<RaftMessage, RaftRecord, RaftTimer, Raft> begin(String[] words, Transcript out) {
        var config = config(Script.options(words, 2));
        var invariants = RaftInvariants.all().stream().map(Supplier::get).toList();
        var stage = new Stage<RaftMessage, RaftRecord, RaftTimer, Raft>(
                context -> new Raft(config, context), invariants, out);
        stage.start(Members.of(Integer.parseInt(words[1])));
        stage.nodes().forEach(node -> stage.at(node).weighRecords(Cluster::weigh));
        return stage;
    }

    private static RaftConfig config(Map<String, String> options) {
        boolean preVote = Boolean.parseBoolean(options.getOrDefault("pre-vote", "true"));
        boolean checkQuorum = Boolean.parseBoolean(options.getOrDefault("check-quorum", "true"));
        var reads = options.getOrDefault("reads", "read-index").equals("log") ? ReadPath.LOG : ReadPath.READ_INDEX;
        var config = options.containsKey("small")
                ? Configs.small(2, preVote, checkQuorum, reads)
                : Configs.of(preVote, checkQuorum, reads);
        if (!options.containsKey("batch")) {
            return config;
        }
        var batch = Configs.amount(
                Integer.parseInt(options.get("batch")), config.batch().bytes().bytes());
        return Configs.with(config, batch, config.pipeline(), config.inFlight(), config.snapshotEvery());
    }

    @Override
    public void execute(Stage<RaftMessage, RaftRecord, RaftTimer, Raft> stage, String[] words) {
        switch (words[0]) {
            case "timeout" -> timeout(stage, new NodeId(words[1]));
            case "status" -> stage.nodes().forEach(node -> stage.write(status(stage, node)));
            case "log" -> stage.nodes().forEach(node -> stage.write(log(node, stage.replica(node))));
            default -> Script.Dialect.super.execute(stage, words);
        }
    }

    private static void timeout(Stage<RaftMessage, RaftRecord, RaftTimer, Raft> stage, NodeId node) {
        // The timer may be early, since a leader that is heard does not restart it; then it runs on.
        for (int before = stage.traces(node); stage.traces(node) == before; ) {
            var rest =
                    Objects.requireNonNull(stage.at(node).timers().get(RaftTimer.ELECTION), "it waits for no leader");
            stage.advance(node, rest);
        }
    }

    private static String status(Stage<RaftMessage, RaftRecord, RaftTimer, Raft> stage, NodeId node) {
        var raft = stage.replica(node);
        var durable = raft.durable();
        var context = stage.at(node);
        return node + (stage.isUp(node) ? " " + raft.role().word() : " down") + " term=" + durable.term() + " vote="
                + durable.vote() + " commit=" + raft.commit() + " applied="
                + durable.machine().applied() + " lastIndex=" + durable.log().lastIndex() + " durable="
                + context.durableCount() + "/" + context.records().size() + " held=" + context.held();
    }

    private static String log(NodeId node, Raft raft) {
        var log = raft.durable().log();
        return node + " from " + log.firstIndex() + " "
                + Text.of(log.slice(log.firstIndex(), Integer.MAX_VALUE, Long.MAX_VALUE / 2));
    }

    @Override
    public String text(Object value) {
        return Text.of(value);
    }
}
