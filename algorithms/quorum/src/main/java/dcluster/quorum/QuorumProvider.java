package dcluster.quorum;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.ByteSize;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.spi.Traits.Property;
import dcluster.toolkit.Consensus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A quorum store after Dynamo (DeCandia and others 2007), under the name {@code quorum}. See the package's documentation.
 */
public final class QuorumProvider implements AlgorithmProvider<QuorumMessage, QuorumRecord, QuorumTimer, QuorumConfig> {
    /** Places in the order of a key are bits of a number. */
    private static final int MOST_NODES = 63;

    @Override
    public String name() {
        return "quorum";
    }

    @Override
    public String summary() {
        return "Quorum storage: any R of a key's N replicas answer a read, any W take a write (DeCandia and others 2007,"
                + " Dynamo).";
    }

    @Override
    public Class<QuorumConfig> configType() {
        return QuorumConfig.class;
    }

    @Override
    public Class<QuorumMessage> messageType() {
        return QuorumMessage.class;
    }

    @Override
    public Class<QuorumRecord> recordType() {
        return QuorumRecord.class;
    }

    @Override
    public void check(QuorumConfig config, Membership members) {
        var names = members.ids().stream().map(Object::toString).toList();
        require(names.size() <= MOST_NODES, "quorum runs on up to " + MOST_NODES + " nodes, not " + names.size());
        Stream.of(config.joining(), config.leaving())
                .flatMap(List::stream)
                .forEach(name -> require(names.contains(name), "no node is called '" + name + "'"));
        int former = names.size() - config.joining().size();
        int future = names.size() - config.leaving().size();
        require(
                Math.min(former, future) >= config.replicas(),
                "each key is held by " + config.replicas() + " nodes (replicas), and the ring has "
                        + Math.min(former, future));
    }

    @Override
    public void checkChange(
            QuorumConfig before, Membership membersBefore, QuorumConfig after, Membership membersAfter) {
        RingChange.check(before, membersBefore, after, membersAfter);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public Algorithm<QuorumMessage, QuorumRecord, QuorumTimer> create(
            QuorumConfig config, Context<QuorumMessage, QuorumRecord, QuorumTimer> context) {
        return new Quorum(config, context);
    }

    @Override
    public Traits traits(QuorumConfig config) {
        boolean trustsClocks = !config.hasVectorClocks();
        return new Traits(
                config.isStrict() ? Consistency.REGULAR : Consistency.EVENTUAL,
                "Crashes and restarts of any nodes, lost, repeated, delayed and reordered messages, partitions and pauses"
                        + (trustsClocks ? "" : ", and clocks that are wrong")
                        + "; it serves whoever reaches a node that reaches "
                        + (config.sloppy() ? "enough nodes" : "enough owners of the key")
                        + ". Disks keep what was synced."
                        + (trustsClocks
                                ? " Of two writes the one with the later time stays, whichever came later."
                                : ""),
                unserved(config),
                properties(config),
                QuorumInvariants.always(),
                config.antiEntropy() ? QuorumInvariants.settled() : List.of(),
                Set.of());
    }

    /** Some rounds of whatever brings replicas together. */
    @Override
    public Duration recovery(QuorumConfig config) {
        var rounds = config.handoffEvery().plus(config.antiEntropyEvery()).multipliedBy(4);
        var usual = AlgorithmProvider.super.recovery(config);
        return rounds.compareTo(usual) > 0 ? rounds : usual;
    }

    private static Set<Property> properties(QuorumConfig config) {
        var properties = EnumSet.noneOf(Property.class);
        if (!config.hasVectorClocks()) {
            properties.add(Property.TRUSTS_CLOCKS);
        }
        int needed = Math.max(config.reads(), config.writes());
        if (needed <= (config.replicas() + 1) / 2) {
            properties.add(Property.OUTLIVES_A_MINORITY);
        }
        return properties;
    }

    private static Map<Class<? extends Command>, String> unserved(QuorumConfig config) {
        var unserved = Consensus.refusing(Writer.TAKES_CONSENSUS);
        if (!config.hasVectorClocks()) {
            var reason = "with 'versions: last-write-wins' there are no siblings";
            unserved.put(Command.ReadSiblings.class, reason);
            unserved.put(Command.Merge.class, reason);
        }
        return unserved;
    }

    @Override
    public QuorumConfig inMiniature(QuorumConfig config) {
        return new QuorumConfig(
                config.replicas(),
                config.reads(),
                config.writes(),
                config.versions(),
                8,
                config.sloppy(),
                config.hintedHandoff(),
                config.readRepair(),
                config.antiEntropy(),
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                config.tombstoneGrace(),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                new ByteSize(4 << 10),
                config.joining(),
                config.leaving());
    }
}
