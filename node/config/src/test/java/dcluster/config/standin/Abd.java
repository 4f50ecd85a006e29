package dcluster.config.standin;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import java.time.Duration;

/** The options of {@code abd}. */
public final class Abd extends StandIn<Abd.Config> {
    public Abd() {
        super("abd", Config.class);
    }

    record Config(
            @Default("200ms") Duration resendAfter,
            @Default("2s") Duration patience,
            @Default("64MiB") ByteSize compactAbove) {}
}
