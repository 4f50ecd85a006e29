package dcluster.config.standin;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import java.time.Duration;

/** The options of {@code two-phase-commit}, which has a role of its own for the coordinator. */
public final class TwoPhaseCommit extends StandIn<TwoPhaseCommit.Config> {
    public TwoPhaseCommit() {
        super("two-phase-commit", Config.class);
    }

    @Override
    public boolean hasCoordinator() {
        return true;
    }

    public enum Protocol {
        BASIC,
        PRESUMED_ABORT,
        PRESUMED_COMMIT
    }

    public enum Locking {
        WAIT_DIE,
        NO_WAIT,
        TIMEOUT
    }

    public enum Termination {
        COORDINATOR,
        COOPERATIVE
    }

    public record Config(
            @Default("presumed-abort") Protocol protocol,
            @Default("wait-die") Locking locking,
            @Default("cooperative") Termination termination,
            @Default("1s") Duration lockTimeout,
            @Default("200ms") Duration resendAfter,
            @Default("3s") Duration patience,
            @Default("64") int tokens,
            @Default("4096") int outcomes,
            @Default("64MiB") ByteSize compactAbove) {}
}
