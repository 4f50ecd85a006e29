package dcluster.config.standin;

import dcluster.spi.Default;

/** The options of an algorithm that has a role of its own for the coordinator. */
public final class TwoPhaseCommit extends StandIn<TwoPhaseCommit.Config> {
    public TwoPhaseCommit() {
        super("two-phase-commit", Config.class);
    }

    @Override
    public boolean hasCoordinator() {
        return true;
    }

    public record Config(@Default("false") boolean cooperative) {}
}
