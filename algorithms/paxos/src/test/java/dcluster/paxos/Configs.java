package dcluster.paxos;

import dcluster.paxos.PaxosConfig.ReadPath;
import dcluster.spi.ByteSize;
import dcluster.spi.DurationRange;
import dcluster.toolkit.Amount;
import java.time.Duration;

/** Configurations to test with. */
final class Configs {
    /** How many sessions are remembered. */
    static final int SESSIONS = 4;

    /** Majorities, nothing small, and a heartbeat that fits into an election timeout four times. */
    static final PaxosConfig DEFAULT = of(new Quorums.Majority(), ReadPath.READ_INDEX);

    private Configs() {}

    static PaxosConfig of(Quorums quorums, ReadPath reads) {
        return new PaxosConfig(
                quorums,
                new DurationRange(Duration.ofMillis(400), Duration.ofMillis(800)),
                Duration.ofMillis(100),
                reads,
                amount(4096, 1 << 20),
                amount(32768, 8 << 20),
                amount(65536, 64 << 20),
                amount(50_000, 32 << 20),
                SESSIONS);
    }

    /** Everything small, so that a short run reaches every bound; a batch holds so many values. */
    static PaxosConfig small(int batch) {
        return with(DEFAULT, amount(batch, 120), amount(6, 400), amount(40, 4000), amount(8, 500));
    }

    static PaxosConfig with(PaxosConfig config, Amount batch, Amount pipeline, Amount inFlight, Amount snapshotEvery) {
        return new PaxosConfig(
                config.quorums(),
                config.electionTimeout(),
                config.heartbeatInterval(),
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
