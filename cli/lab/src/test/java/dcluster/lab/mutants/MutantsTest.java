package dcluster.lab.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.ClusterText;
import dcluster.config.Overrides;
import dcluster.lab.mutants.Mutation.Edit;
import dcluster.lab.simulation.MutantHunt;
import dcluster.lab.simulation.Seeds;
import dcluster.lab.simulation.Subject;
import dcluster.lab.simulation.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each mutant is caught. Here the seeds begin shortly before the one that does; with {@code -Ddcluster.mutants=whole}
 * they begin at 1, and the bound is that of the mutation.
 */
class MutantsTest {
    private static final int A_FEW = 3;
    private static final boolean WHOLE = "whole".equals(System.getProperty("dcluster.mutants"));

    @TempDir
    static Path folder = Path.of("unset");

    private static Algorithms algorithms = Algorithms.load(List.of());

    @BeforeAll
    static void compile() throws IOException {
        // It stays there, for `dcluster simulate --mutants`.
        var jar = Files.createDirectories(Path.of("target")).resolve("mutants.jar");
        MutantJar.write(jar, folder, Mutated.all());
        algorithms = Algorithms.load(List.of(jar));
    }

    static Stream<Mutation> mutations() {
        return Mutated.allMutations().filter(mutation -> mutation.boundSeeds() > 0);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void aMutantIsCaught(Mutation mutation) {
        var seeds = WHOLE
                ? new Seeds(1, mutation.boundSeeds())
                : new Seeds(Math.max(1, mutation.boundSeeds() - A_FEW + 1), mutation.boundSeeds());

        var row = new MutantHunt(Terms.DEFAULT, seeds).hunt(subject(algorithms, mutation.name()), 1);

        assertThat(row.mutant()).isEqualTo(mutation.name());
        assertThat(row.caught()).as("%s, by seeds %s", mutation.name(), seeds).isPresent();
    }

    @Test
    void whatIsNotMarkedIsNoMutant() {
        var hunt = new MutantHunt(Terms.DEFAULT, new Seeds(1, 1));

        assertThatThrownBy(() -> hunt.hunt(subject(algorithms, "raft"), 1)).hasMessage("raft is no mutant");
    }

    @Test
    void aMutationThatFitsNowhereOrTwiceIsToBeAdapted() {
        var edit = new Edit("Raft.java", "term", "round");

        assertThat(edit.in("a term b")).isEqualTo("a round b");
        assertThatThrownBy(() -> edit.in("a vote")).hasMessageContaining("exactly one place of Raft.java");
        assertThatThrownBy(() -> edit.in("term term")).hasMessageContaining("exactly one place of Raft.java");
    }

    static Subject subject(Algorithms algorithms, String algorithm) {
        var sizes = algorithm.startsWith("none") ? List.of(1) : List.of(3, 5);
        return new Subject(
                sizes.stream().map(size -> cluster(algorithms, algorithm, size)).toList());
    }

    private static ClusterConfig cluster(Algorithms algorithms, String algorithm, int nodes) {
        var text = new ClusterText("test", "cluster: test\nalgorithm: " + algorithm + "\nnodes: " + nodes + "\n");
        return ClusterFile.load(text, Overrides.NONE, algorithms, new AtomicInteger(7001)::getAndIncrement);
    }
}
