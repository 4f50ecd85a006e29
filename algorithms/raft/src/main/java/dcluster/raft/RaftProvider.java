package dcluster.raft;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.ByteSize;
import dcluster.spi.Context;
import dcluster.spi.DurationRange;
import dcluster.spi.Membership;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Property;
import dcluster.toolkit.Amount;
import dcluster.toolkit.Handover;
import dcluster.toolkit.SessionBound;
import dcluster.toolkit.Store;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Raft (Ongaro and Ousterhout 2014, extended version; Ongaro's thesis), under the name {@code raft}: a log that a
 * leader replicates to a majority, and a key-value state machine that every replica drives by it. See the package's
 * documentation.
 */
public final class RaftProvider implements AlgorithmProvider<RaftMessage, RaftRecord, RaftTimer, RaftConfig> {
    // A miniature's leaders fall and rise so many times as fast.
    private static final int HASTE = 4;

    // So few sessions are remembered by a miniature, that some expire which are still in use.
    private static final int SESSIONS = 4;
    private static final String LOST_ITS_QUORUM = "lost its quorum";
    private static final Set<String> SOMETIMES = Set.of(
            "elected",
            "two leaders at once",
            LOST_ITS_QUORUM,
            "leads no more",
            "hands over",
            "sends a snapshot",
            "installed a snapshot",
            "rewrites its journal",
            "crash after an eager delivery and before its sync");

    @Override
    public String name() {
        return "raft";
    }

    @Override
    public String summary() {
        return "A replicated log under an elected leader: Raft (Ongaro and Ousterhout 2014; Ongaro's thesis).";
    }

    @Override
    public Class<RaftConfig> configType() {
        return RaftConfig.class;
    }

    @Override
    public Class<RaftMessage> messageType() {
        return RaftMessage.class;
    }

    @Override
    public Class<RaftRecord> recordType() {
        return RaftRecord.class;
    }

    @Override
    public void checkChange(RaftConfig before, Membership membersBefore, RaftConfig after, Membership membersAfter) {
        AlgorithmProvider.super.checkChange(before, membersBefore, after, membersAfter);
        SessionBound.checkChange(name(), before.sessions(), after.sessions());
    }

    @Override
    public Algorithm<RaftMessage, RaftRecord, RaftTimer> create(
            RaftConfig config, Context<RaftMessage, RaftRecord, RaftTimer> context) {
        if (!context.members().ids().contains(context.self())) {
            throw new IllegalArgumentException("raft runs on the nodes of a cluster, and " + context.self()
                    + " is none of them: " + context.members().ids());
        }
        return new Raft(config, context);
    }

    @Override
    public Traits traits(RaftConfig config) {
        return new Traits(
                Traits.Consistency.STRICT_SERIALIZABLE,
                "Crashes and restarts of any nodes, lost, repeated, delayed and reordered messages, partitions, pauses and"
                        + " clocks that run at any rate; it makes progress while a majority is up and connected. Disks keep"
                        + " what was synced, or are known to have lost everything, those of a minority at once.",
                Store.UNSERVED_WITH_SESSIONS,
                Set.of(
                        Property.ORDERS_WRITES,
                        Property.HAS_LEADER,
                        Property.CONVERGES,
                        Property.OUTLIVES_A_MINORITY,
                        Property.RECOVERS_FROM_WIPES),
                RaftInvariants.all(),
                List.of(),
                sometimes(config),
                Handover.operations());
    }

    private static Set<String> sometimes(RaftConfig config) {
        var all = new TreeSet<>(SOMETIMES);
        if (!config.checkQuorum()) {
            all.remove(LOST_ITS_QUORUM);
        }
        return all;
    }

    @Override
    public RaftConfig inMiniature(RaftConfig config) {
        return new RaftConfig(
                shorter(config.electionTimeout()),
                config.heartbeatInterval().dividedBy(HASTE),
                config.preVote(),
                config.checkQuorum(),
                config.reads(),
                new Amount(1, new ByteSize(1 << 10)),
                new Amount(24, new ByteSize(4 << 10)),
                new Amount(64, new ByteSize(16 << 10)),
                new Amount(100, new ByteSize(8 << 10)),
                Math.min(config.sessions(), SESSIONS));
    }

    /** About ten elections, should as many fail. */
    @Override
    public Duration recovery(RaftConfig config) {
        return config.electionTimeout().most().multipliedBy(10);
    }

    private static DurationRange shorter(DurationRange usual) {
        return new DurationRange(usual.least().dividedBy(HASTE), usual.most().dividedBy(HASTE));
    }
}
