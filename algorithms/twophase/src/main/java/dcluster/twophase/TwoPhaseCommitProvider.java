package dcluster.twophase;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.ByteSize;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.toolkit.Store;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Transactions over sharded keys by two-phase commit (Gray 1978; Mohan, Lindsay and Obermarck 1986), under the name {@code
 * two-phase-commit}. See the package's documentation.
 */
public final class TwoPhaseCommitProvider
        implements AlgorithmProvider<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer, TwoPhaseCommitConfig> {
    @Override
    public String name() {
        return "two-phase-commit";
    }

    @Override
    public String summary() {
        return "Transactions over keys that several nodes share out: two-phase commit with a coordinator (Gray 1978; Mohan,"
                + " Lindsay and Obermarck 1986).";
    }

    @Override
    public Class<TwoPhaseCommitConfig> configType() {
        return TwoPhaseCommitConfig.class;
    }

    @Override
    public Class<TwoPhaseMessage> messageType() {
        return TwoPhaseMessage.class;
    }

    @Override
    public Class<TwoPhaseRecord> recordType() {
        return TwoPhaseRecord.class;
    }

    @Override
    public boolean hasCoordinator() {
        return true;
    }

    /** The keys stay where they are, so the ring of shards may not change. */
    @Override
    public void checkChange(
            TwoPhaseCommitConfig before,
            Membership membersBefore,
            TwoPhaseCommitConfig after,
            Membership membersAfter) {
        AlgorithmProvider.super.checkChange(before, membersBefore, after, membersAfter);
        if (before.tokens() != after.tokens()) {
            throw new IllegalArgumentException("two-phase-commit goes on with the tokens that it began with, "
                    + before.tokens() + ", not with " + after.tokens() + ": each key stays with its participant");
        }
    }

    @Override
    public Algorithm<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> create(
            TwoPhaseCommitConfig config, Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context) {
        return new TwoPhaseCommit(config, context);
    }

    @Override
    public Traits traits(TwoPhaseCommitConfig config) {
        return new Traits(
                Consistency.STRICT_SERIALIZABLE,
                "Crashes and restarts of any nodes and of the coordinator, lost, repeated, delayed and reordered messages,"
                        + " partitions, pauses and clocks that run at any rate or are wrong; disks keep what was synced. It"
                        + " serves keys whose participants are up. While the coordinator is away, what was voted on keeps"
                        + " its locks, unless another participant knows the decision; no participant decides alone.",
                Store.UNSERVED,
                Set.of(),
                TwoPhaseInvariants.all(),
                List.of(),
                Set.of("in doubt", "gave up without a vote"),
                Operators.operations());
    }

    @Override
    public TwoPhaseCommitConfig inMiniature(TwoPhaseCommitConfig config) {
        return new TwoPhaseCommitConfig(
                config.protocol(),
                config.locking(),
                config.termination(),
                Duration.ofMillis(300),
                Duration.ofMillis(50),
                Duration.ofMillis(600),
                config.tokens(),
                4,
                new ByteSize(4 << 10));
    }

    /** A lock that was kept for what nobody votes on, a lock behind it, and some attempts. */
    @Override
    public Duration recovery(TwoPhaseCommitConfig config) {
        return config.patience().multipliedBy(2).plus(config.lockTimeout()).plusSeconds(2);
    }
}
