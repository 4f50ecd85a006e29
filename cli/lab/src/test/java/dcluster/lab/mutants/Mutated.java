package dcluster.lab.mutants;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An algorithm and the mistakes that are made in it; all of its sources, as they are in this build, are in one folder and
 * one package.
 *
 * @param name as cluster files have it
 * @param folder of its sources, and the last word of its package
 * @param provider the class that provides it
 */
record Mutated(String name, String folder, String provider, List<Mutation> mutations) {
    private static final Mutated RAFT = new Mutated("raft", "raft", "RaftProvider", RaftMutations.all());
    private static final Mutated ABD = new Mutated("abd", "abd", "AbdProvider", AbdMutations.all());
    private static final Mutated QUORUM = new Mutated("quorum", "quorum", "QuorumProvider", QuorumMutations.all());
    private static final Mutated NONE =
            new Mutated("none", "unreplicated", "UnreplicatedProvider", UnreplicatedMutations.all());
    private static final Mutated PAXOS = new Mutated("paxos", "paxos", "PaxosProvider", PaxosMutations.all());
    private static final Mutated TWO_PHASE_COMMIT =
            new Mutated("two-phase-commit", "twophase", "TwoPhaseCommitProvider", TwoPhaseMutations.all());

    /** All that there are. */
    static List<Mutated> all() {
        return List.of(ABD, NONE, PAXOS, QUORUM, RAFT, TWO_PHASE_COMMIT);
    }

    static Stream<Mutation> allMutations() {
        return all().stream().flatMap(algorithm -> algorithm.mutations().stream());
    }

    /** The same with that mistake alone. */
    Mutated only(String mutant) {
        return new Mutated(
                name,
                folder,
                provider,
                mutations.stream().filter(each -> each.name().equals(mutant)).toList());
    }

    String packageName() {
        return "dcluster." + folder;
    }

    Path sources() {
        return Path.of("../../algorithms/" + folder + "/src/main/java/dcluster/" + folder);
    }
}
