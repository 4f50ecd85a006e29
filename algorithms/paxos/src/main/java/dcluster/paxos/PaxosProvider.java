package dcluster.paxos;

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

/**
 * Multi-Paxos (Lamport 2001, "Paxos Made Simple"; Howard, Malkhi and Spiegelman 2016), under the name {@code paxos}: a
 * sequence of instances of consensus under a stable leader, and a key-value state machine that every replica drives by
 * what they choose. See the package's documentation.
 */
public final class PaxosProvider implements AlgorithmProvider<PaxosMessage, PaxosRecord, PaxosTimer, PaxosConfig> {
    // A miniature's leaders fall and rise so many times as fast.
    private static final int HASTE = 4;

    // So few sessions are remembered by a miniature, that some expire which are still in use.
    private static final int SESSIONS = 4;

    @Override
    public String name() {
        return "paxos";
    }

    @Override
    public String summary() {
        return "A sequence of consensus instances under a stable leader: Multi-Paxos (Lamport 2001; Howard and others 2016).";
    }

    @Override
    public Class<PaxosConfig> configType() {
        return PaxosConfig.class;
    }

    @Override
    public Class<PaxosMessage> messageType() {
        return PaxosMessage.class;
    }

    @Override
    public Class<PaxosRecord> recordType() {
        return PaxosRecord.class;
    }

    @Override
    public void check(PaxosConfig config, Membership members) {
        config.quorums().check(members.ids());
    }

    /** What an earlier quorum of phase 2 has chosen must be met by every later one of phase 1, whichever they are then. */
    @Override
    public void checkChange(PaxosConfig before, Membership membersBefore, PaxosConfig after, Membership membersAfter) {
        AlgorithmProvider.super.checkChange(before, membersBefore, after, membersAfter);
        SessionBound.checkChange(name(), before.sessions(), after.sessions());
        if (!before.quorums().equals(after.quorums())) {
            throw new IllegalArgumentException("paxos goes on with the quorums that its data was chosen by, "
                    + before.quorums() + ", and not with " + after.quorums()
                    + ": what is chosen must be met by every later quorum of phase 1, and that is not examined");
        }
    }

    @Override
    public Algorithm<PaxosMessage, PaxosRecord, PaxosTimer> create(
            PaxosConfig config, Context<PaxosMessage, PaxosRecord, PaxosTimer> context) {
        if (!context.members().ids().contains(context.self())) {
            throw new IllegalArgumentException("paxos runs on the nodes of a cluster, and " + context.self()
                    + " is none of them: " + context.members().ids());
        }
        return new Paxos(config, context);
    }

    @Override
    public Traits traits(PaxosConfig config) {
        return new Traits(
                Traits.Consistency.STRICT_SERIALIZABLE,
                "Crashes and restarts of any nodes, lost, repeated, delayed and reordered messages, partitions, pauses and"
                        + " clocks that run at any rate; it makes progress while quorums of both phases are up and"
                        + " connected. Disks keep what was synced" + wipes(config) + ".",
                Store.UNSERVED_WITH_SESSIONS,
                properties(config),
                PaxosInvariants.all(),
                List.of(),
                Set.of(
                        "elected",
                        "gives up its ballot",
                        "leads no more",
                        "hands over",
                        "lost its quorum",
                        "sends a snapshot",
                        "installed a snapshot",
                        "rewrites its journal",
                        "crash after an eager delivery and before its sync"),
                Handover.operations());
    }

    private static String wipes(PaxosConfig config) {
        return recoversFromWipes(config) ? ", or are known to have lost everything, those of a minority at once" : "";
    }

    /** Other quorums may be as small as one node, so that a minority may hold what nobody else does. */
    private static boolean recoversFromWipes(PaxosConfig config) {
        return config.quorums() instanceof Quorums.Majority;
    }

    private static Set<Property> properties(PaxosConfig config) {
        return recoversFromWipes(config)
                ? Set.of(
                        Property.ORDERS_WRITES,
                        Property.HAS_LEADER,
                        Property.CONVERGES,
                        Property.OUTLIVES_A_MINORITY,
                        Property.RECOVERS_FROM_WIPES)
                : Set.of(Property.ORDERS_WRITES, Property.HAS_LEADER, Property.CONVERGES);
    }

    @Override
    public PaxosConfig inMiniature(PaxosConfig config) {
        return new PaxosConfig(
                config.quorums(),
                shorter(config.electionTimeout()),
                config.heartbeatInterval().dividedBy(HASTE),
                config.reads(),
                new Amount(3, new ByteSize(1 << 10)),
                new Amount(24, new ByteSize(4 << 10)),
                new Amount(64, new ByteSize(16 << 10)),
                new Amount(100, new ByteSize(8 << 10)),
                Math.min(config.sessions(), SESSIONS));
    }

    /** About ten changes of the leader, should as many fail. */
    @Override
    public Duration recovery(PaxosConfig config) {
        return config.electionTimeout().most().multipliedBy(10);
    }

    private static DurationRange shorter(DurationRange usual) {
        return new DurationRange(usual.least().dividedBy(HASTE), usual.most().dividedBy(HASTE));
    }
}
