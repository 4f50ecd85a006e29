package dcluster.abd;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.ByteSize;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.toolkit.Consensus;
import dcluster.toolkit.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Multi-writer atomic registers (Attiya, Bar-Noy and Dolev 1995; Lynch and Shvartsman 1997), under the name {@code abd}.
 * See the package's documentation.
 */
public final class AbdProvider implements AlgorithmProvider<AbdMessage, AbdRecord, AbdTimer, AbdConfig> {
    /** Who answered is kept as bits of a number. */
    private static final int MOST_NODES = 63;

    private static final Map<Class<? extends Command>, String> UNSERVED = unserved();

    private static Map<Class<? extends Command>, String> unserved() {
        var unserved = Consensus.refusing(Abd.TAKES_CONSENSUS);
        Store.UNSERVED.forEach(unserved::putIfAbsent);
        return unserved;
    }

    @Override
    public String name() {
        return "abd";
    }

    @Override
    public String summary() {
        return "Atomic registers without a leader: each command asks a majority (Attiya, Bar-Noy and Dolev 1995; Lynch"
                + " and Shvartsman 1997).";
    }

    @Override
    public Class<AbdConfig> configType() {
        return AbdConfig.class;
    }

    @Override
    public Class<AbdMessage> messageType() {
        return AbdMessage.class;
    }

    @Override
    public Class<AbdRecord> recordType() {
        return AbdRecord.class;
    }

    @Override
    public void check(AbdConfig config, Membership members) {
        int nodes = members.nodes().size();
        if (nodes > MOST_NODES) {
            throw new IllegalArgumentException("abd runs on up to " + MOST_NODES + " nodes; the cluster has " + nodes);
        }
    }

    @Override
    public Algorithm<AbdMessage, AbdRecord, AbdTimer> create(
            AbdConfig config, Context<AbdMessage, AbdRecord, AbdTimer> context) {
        return new Abd(config, context);
    }

    @Override
    public Traits traits(AbdConfig config) {
        return new Traits(
                Consistency.LINEARIZABLE,
                "Crashes and restarts of any nodes, lost, repeated, delayed and reordered messages, partitions, pauses and"
                        + " clocks that run at any rate; it serves whoever reaches a node that reaches a majority. Disks"
                        + " keep what was synced. What a deletion answers is no part of the register: of two at once both may"
                        + " say that they deleted the value.",
                UNSERVED,
                Set.of(Traits.Property.OUTLIVES_A_MINORITY),
                AbdInvariants.all(),
                List.of(),
                Set.of("crash after an eager delivery and before its sync"));
    }

    @Override
    public AbdConfig inMiniature(AbdConfig config) {
        return new AbdConfig(Duration.ofMillis(50), Duration.ofMillis(500), new ByteSize(4 << 10));
    }
}
