package dcluster.raft;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.spi.ByteSize;
import dcluster.spi.DurationRange;
import dcluster.toolkit.Amount;
import java.time.Duration;

/** Configurations to test with. */
final class Configs {
    /** Everything switched on, nothing small; timeouts as in the paper, section 9.3. */
    static final RaftConfig DEFAULT = of(true, true, ReadPath.READ_INDEX);

    private Configs() {}

    static RaftConfig of(boolean preVote, boolean checkQuorum, ReadPath reads) {
        return new RaftConfig(
                new DurationRange(Duration.ofMillis(150), Duration.ofMillis(300)),
                Duration.ofMillis(50),
                preVote,
                checkQuorum,
                reads,
                amount(4096, 1 << 20),
                amount(32768, 8 << 20),
                amount(65536, 64 << 20),
                amount(50_000, 32 << 20),
                10_000);
    }

    /** Everything small, so that a short run reaches every bound; a batch holds 1 entry and so many more. */
    static RaftConfig small(int moreThanOne, boolean preVote, boolean checkQuorum, ReadPath reads) {
        return with(
                of(preVote, checkQuorum, reads),
                amount(1 + moreThanOne, 120),
                amount(6, 400),
                amount(40, 4000),
                amount(8, 500));
    }

    static RaftConfig with(RaftConfig config, Amount batch, Amount pipeline, Amount inFlight, Amount snapshotEvery) {
        return new RaftConfig(
                config.electionTimeout(),
                config.heartbeatInterval(),
                config.preVote(),
                config.checkQuorum(),
                config.reads(),
                batch,
                pipeline,
                inFlight,
                snapshotEvery,
                config.sessions());
    }

    static Amount amount(int entries, long bytes) {
        return new Amount(entries, new ByteSize(bytes));
    }
}
