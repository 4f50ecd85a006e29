package dcluster.app.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.simulate.ForgetfulNone;
import dcluster.app.terminal.Failure;
import dcluster.config.AlgorithmChoice;
import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.ClusterText;
import dcluster.config.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MutantConsentTest {
    private final List<String> warnings = new ArrayList<>();

    @Test
    void aMutantIsRefusedUnlessTheFileAllowsIt() {
        assertThatThrownBy(() -> MutantConsent.require(mutant(""), warnings::add))
                .isInstanceOf(Failure.class)
                .hasMessage("'forgetful-none' is a mutant, wrong on purpose: " + ForgetfulNone.FLAW
                        + " To run it all the same put 'mutants: allowed' into the cluster file");
        assertThatThrownBy(() -> MutantConsent.require(mutant("mutants: refused\n"), warnings::add))
                .isInstanceOf(Failure.class);
        assertThat(warnings).isEmpty();
    }

    @Test
    void anAllowedMutantRunsWithAWarning() {
        MutantConsent.require(mutant("mutants: allowed\n"), warnings::add);

        assertThat(warnings)
                .containsExactly("warning: 'forgetful-none' is a mutant, wrong on purpose: " + ForgetfulNone.FLAW
                        + " Do not trust it with data");
    }

    @Test
    void nothingIsSaidOfASoundAlgorithm() {
        MutantConsent.require(sound(""), warnings::add);

        assertThat(warnings).isEmpty();
    }

    private static ClusterConfig sound(String lines) {
        var text = new ClusterText("test", "cluster: test\nalgorithm: none\nnodes: 1\n" + lines);
        return ClusterFile.load(
                text, Overrides.NONE, Algorithms.load(List.of()), new AtomicInteger(7001)::getAndIncrement);
    }

    private static ClusterConfig mutant(String lines) {
        var sound = sound(lines);
        return new ClusterConfig(
                sound.name(),
                sound.id(),
                new AlgorithmChoice(new ForgetfulNone<>(), sound.algorithm().options()),
                sound.members(),
                sound.storage(),
                sound.network(),
                sound.chaos(),
                sound.mutants(),
                sound.balance());
    }
}
