package dcluster.config.standin;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import java.time.Duration;
import java.util.List;

/** The options of {@code quorum}. */
public final class Quorum extends StandIn<Quorum.Config> {
    public Quorum() {
        super("quorum", Config.class);
    }

    enum Versioning {
        LAST_WRITE_WINS,
        VECTOR_CLOCK
    }

    record Config(
            @Default("3") int replicas,
            @Default("2") int reads,
            @Default("2") int writes,
            @Default("vector-clock") Versioning versions,
            @Default("64") int tokens,
            @Default("false") boolean sloppy,
            @Default("true") boolean hintedHandoff,
            @Default("true") boolean readRepair,
            @Default("true") boolean antiEntropy,
            @Default("1s") Duration antiEntropyEvery,
            @Default("1s") Duration handoffEvery,
            @Default("24h") Duration tombstoneGrace,
            @Default("200ms") Duration resendAfter,
            @Default("2s") Duration patience,
            @Default("64MiB") ByteSize compactAbove,
            @Default("[]") List<String> joining,
            @Default("[]") List<String> leaving) {}
}
