package dcluster.config.standin;

import dcluster.spi.Default;
import java.util.Optional;

/** Options of which some must be given. */
public final class Demanding extends StandIn<Demanding.Config> {
    public Demanding() {
        super("demanding", Config.class);
    }

    public record Config(Quorums quorums, @Default("5") Optional<Integer> limit) {}

    public record Quorums(int phase1, @Default("2") int phase2) {}
}
