package dcluster.toolkit.seam;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Traits;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Provides an algorithm in which the coordinator has a role of its own, to those that run such a one. */
public final class TwoPhaseProvider
        implements AlgorithmProvider<TwoPhase.Message, TwoPhase.Entry, TwoPhase.Timer, TwoPhaseProvider.Config> {
    private static final String NO_SESSIONS = "it cannot tell a command that is asked again";
    private static final String NO_SIBLINGS = "it keeps one value of each key";

    /** It has no options. */
    public record Config() {}

    @Override
    public String name() {
        return "two-roles";
    }

    @Override
    public String summary() {
        return "Two-phase commit with presumed abort (Mohan, Lindsay and Obermarck 1986), to try hosts with.";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Class<TwoPhase.Message> messageType() {
        return TwoPhase.Message.class;
    }

    @Override
    public Class<TwoPhase.Entry> recordType() {
        return TwoPhase.Entry.class;
    }

    @Override
    public boolean hasCoordinator() {
        return true;
    }

    @Override
    public Algorithm<TwoPhase.Message, TwoPhase.Entry, TwoPhase.Timer> create(
            Config config, Context<TwoPhase.Message, TwoPhase.Entry, TwoPhase.Timer> context) {
        return new TwoPhase(context);
    }

    @Override
    public Traits traits(Config config) {
        return new Traits(
                Traits.Consistency.STRICT_SERIALIZABLE,
                "processes that end and come back, and messages that are lost",
                Map.of(
                        Command.Merge.class,
                        NO_SIBLINGS,
                        Command.ReadSiblings.class,
                        NO_SIBLINGS,
                        Command.Watch.class,
                        "its transactions depend on no versions",
                        Command.OpenSession.class,
                        NO_SESSIONS,
                        Command.InSession.class,
                        NO_SESSIONS),
                Set.of(),
                List.of());
    }
}
