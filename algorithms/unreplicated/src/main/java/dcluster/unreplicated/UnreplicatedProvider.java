package dcluster.unreplicated;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.ByteSize;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.Nothing;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.spi.Traits.Property;
import dcluster.toolkit.SessionBound;
import dcluster.toolkit.Store;
import java.util.List;
import java.util.Set;

/** Provides {@code none}: one node, no replication, every write durable before it is answered. */
public final class UnreplicatedProvider
        implements AlgorithmProvider<Nothing, UnreplicatedRecord, Nothing, UnreplicatedConfig> {
    // So few sessions are remembered by a miniature, that some expire which are still in use.
    private static final int SESSIONS = 4;

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String summary() {
        return "One durable node without replication: the ceiling that every other algorithm is compared with.";
    }

    @Override
    public Class<UnreplicatedConfig> configType() {
        return UnreplicatedConfig.class;
    }

    @Override
    public Class<Nothing> messageType() {
        return Nothing.class;
    }

    @Override
    public Class<UnreplicatedRecord> recordType() {
        return UnreplicatedRecord.class;
    }

    @Override
    public void check(UnreplicatedConfig config, Membership members) {
        int nodes = members.nodes().size();
        if (nodes != 1) {
            throw new IllegalArgumentException(
                    "none runs on one node; the cluster has " + nodes + ": say 'nodes: 1' or choose another algorithm");
        }
    }

    @Override
    public void checkChange(
            UnreplicatedConfig before, Membership membersBefore, UnreplicatedConfig after, Membership membersAfter) {
        AlgorithmProvider.super.checkChange(before, membersBefore, after, membersAfter);
        SessionBound.checkChange(name(), before.sessions(), after.sessions());
    }

    @Override
    public Algorithm<Nothing, UnreplicatedRecord, Nothing> create(
            UnreplicatedConfig config, Context<Nothing, UnreplicatedRecord, Nothing> context) {
        return new Unreplicated(config, context);
    }

    @Override
    public Traits traits(UnreplicatedConfig config) {
        return new Traits(
                Consistency.STRICT_SERIALIZABLE,
                "a crash at any moment, if the disk keeps what it synced; while the node is down nothing is served",
                Store.UNSERVED_WITH_SESSIONS,
                Set.of(Property.ORDERS_WRITES, Property.CONVERGES, Property.OUTLIVES_A_MINORITY),
                List.of());
    }

    @Override
    public UnreplicatedConfig inMiniature(UnreplicatedConfig config) {
        return new UnreplicatedConfig(new ByteSize(4 << 10), Math.min(config.sessions(), SESSIONS));
    }
}
