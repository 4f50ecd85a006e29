package dcluster.lab.mutants;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An algorithm and the mistakes that are made in it; all of its sources, as they are in this build, are in one folder and
 * one package.
 *
 * @param name as cluster files have it
 * @param provider the class that provides it
 */
record Mutated(String name, String provider, List<Mutation> mutations) {
    private static final Mutated RAFT = new Mutated("raft", "RaftProvider", RaftMutations.all());
    private static final Mutated ABD = new Mutated("abd", "AbdProvider", AbdMutations.all());

    private static final Mutated QUORUM = new Mutated("quorum", "QuorumProvider", QuorumMutations.all());

    /** All that there are. */
    static List<Mutated> all() {
        return List.of(ABD, QUORUM, RAFT);
    }

    static Stream<Mutation> allMutations() {
        return all().stream().flatMap(algorithm -> algorithm.mutations().stream());
    }

    /** The same with that mistake alone. */
    Mutated only(String mutant) {
        return new Mutated(
                name,
                provider,
                mutations.stream().filter(each -> each.name().equals(mutant)).toList());
    }

    String packageName() {
        return "dcluster." + name;
    }

    Path sources() {
        return Path.of("../../algorithms/" + name + "/src/main/java/dcluster/" + name);
    }
}
