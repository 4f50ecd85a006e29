package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Script;
import dcluster.toolkit.testing.Stage;
import dcluster.toolkit.testing.Transcript;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What scripts of {@code quorum} say beside what all scripts say.
 *
 * <pre>
 * cluster 3 sloppy ...   options: nrw, versions, sloppy, no-hints, no-read-repair, no-anti-entropy, grace, joining
 * start 4 joining=n4     all stop and start with another cluster file: so many nodes, these that join, and options as
 *                        before but for these
 * owners a               who owns a key, and then who stands in
 * held a                 what each node holds of a key, durable or not, and to whom it owes it
 * rings                  whether keys are where the ring has them, as far as each node knows
 * </pre>
 */
final class QuorumDialect implements Script.Dialect<QuorumMessage, QuorumRecord, QuorumTimer, Quorum> {
    private final Options options = new Options();
    private QuorumConfig config = options.config();

    @Override
    public Stage<QuorumMessage, QuorumRecord, QuorumTimer, Quorum> begin(String[] words, Transcript out) {
        var invariants = QuorumInvariants.always().stream().map(Supplier::get).toList();
        var stage = new Stage<QuorumMessage, QuorumRecord, QuorumTimer, Quorum>(
                context -> new Quorum(config, context), invariants, out);
        start(stage, words);
        return stage;
    }

    private void start(Stage<QuorumMessage, QuorumRecord, QuorumTimer, Quorum> stage, String[] words) {
        Script.options(words, 2).forEach(this::set);
        config = options.config();
        stage.start(Members.of(Integer.parseInt(words[1])));
    }

    private void set(String name, String value) {
        switch (name) {
            case "nrw" ->
                setQuorums(Arrays.stream(value.split(",")).map(Integer::valueOf).toList());
            case "versions" ->
                options.versions =
                        value.equals("last-write-wins") ? Versioning.LAST_WRITE_WINS : Versioning.VECTOR_CLOCK;
            case "sloppy" -> options.sloppy();
            case "no-hints" -> options.hints = false;
            case "no-read-repair" -> options.readRepair = false;
            case "no-anti-entropy" -> options.antiEntropy = false;
            case "grace" -> options.grace(Script.duration(value));
            case "joining" -> options.joining(value.split(","));
            default -> throw new IllegalArgumentException("no such option: " + name);
        }
    }

    private void setQuorums(List<Integer> numbers) {
        options.quorums(numbers.get(0), numbers.get(1), numbers.get(2));
    }

    @Override
    public void execute(Stage<QuorumMessage, QuorumRecord, QuorumTimer, Quorum> stage, String[] words) {
        switch (words[0]) {
            case "start" -> {
                options.joining();
                start(stage, words);
            }
            case "owners" -> owners(stage, Bytes.utf8(words[1]));
            case "held" -> stage.nodes().forEach(node -> held(stage, node, Bytes.utf8(words[1])));
            case "rings" ->
                stage.nodes()
                        .forEach(node -> stage.write(node + " "
                                + stage.replica(node).status().details().get("ring")));
            default -> Script.Dialect.super.execute(stage, words);
        }
    }

    private static void owners(Stage<QuorumMessage, QuorumRecord, QuorumTimer, Quorum> stage, Bytes key) {
        var placement = stage.replica(stage.nodes().get(0)).replica().placement();
        var owners = placement.owners(key);
        var rest = placement.route(key).order().stream()
                .filter(node -> !owners.contains(node))
                .toList();
        stage.write(key + " is owned by " + owners + (rest.isEmpty() ? "" : ", and then there are " + rest));
    }

    private void held(Stage<QuorumMessage, QuorumRecord, QuorumTimer, Quorum> stage, NodeId node, Bytes key) {
        var replica = stage.replica(node).replica();
        var owed = replica.holdings().creditors().stream()
                .filter(creditor -> replica.holdings().isOwed(key, creditor))
                .toList();
        stage.write(node
                + (stage.isUp(node) ? " holds " : ", which is down, holds ")
                + text(replica.versions(key))
                + (owed.isEmpty() ? "" : ", owed to " + owed));
    }

    @Override
    public String text(Object value) {
        return Text.of(value);
    }
}
