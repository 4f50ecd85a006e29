package dcluster.config.standin;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;

/** The options of {@code none}: a single one. */
public final class Unreplicated extends StandIn<Unreplicated.Config> {
    public Unreplicated() {
        super("none", Config.class);
    }

    record Config(@Default("64MiB") ByteSize compactAbove) {}
}
