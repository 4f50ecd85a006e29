package dcluster.config.standin;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import dcluster.spi.Membership;

/** The options of {@code none}. */
public final class Unreplicated extends StandIn<Unreplicated.Config> {
    public Unreplicated() {
        super("none", Config.class);
    }

    @Override
    public void check(Config config, Membership members) {
        if (members.nodes().size() > 1) {
            throw new IllegalArgumentException("none runs on one node: say 'nodes: 1'");
        }
    }

    record Config(
            @Default("64MiB") ByteSize compactAbove,
            @Default("10000") int sessions) {}
}
