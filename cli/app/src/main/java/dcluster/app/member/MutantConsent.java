package dcluster.app.member;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.ClusterConfig;
import dcluster.config.Mutants;
import dcluster.spi.Mutant;
import java.util.function.Consumer;

/** Sees to it that nobody runs an algorithm that is wrong on purpose without meaning to. */
public final class MutantConsent {
    private MutantConsent() {}

    /**
     * Warns if the cluster's algorithm is a mutant.
     *
     * @throws Failure if it is one and the cluster file does not allow that
     */
    public static void require(ClusterConfig config, Consumer<String> warning) {
        if (!(config.algorithm().provider() instanceof Mutant mutant)) {
            return;
        }
        var what = "'" + config.algorithm().name() + "' is a mutant, wrong on purpose: " + mutant.flaw();
        if (config.mutants() == Mutants.REFUSED) {
            throw new Failure(
                    Exit.USAGE, what + " To run it all the same put 'mutants: allowed' into the cluster file");
        }
        warning.accept("warning: " + what + " Do not trust it with data");
    }
}
