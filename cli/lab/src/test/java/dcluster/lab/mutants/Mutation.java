package dcluster.lab.mutants;

import java.util.List;

/**
 * One mistake in the sources of an algorithm. It is kept as what it changes, not as a changed copy, so that a mutant is
 * always the algorithm as it is now, but for its mistake.
 *
 * @param name of the mutant in cluster files: {@code raft-forgets-its-vote}
 * @param flaw one sentence: what is wrong, and why
 * @param boundSeeds within how many seeds, from 1 on, a simulation catches it; 0 if that is not known yet
 */
record Mutation(String name, String flaw, int boundSeeds, List<Edit> edits) {
    /** How the names of files begin that are of the toolkit: a mutant that changes one has a toolkit of its own. */
    static final String TOOLKIT = "toolkit/";

    /** In a file the one place that reads so reads otherwise. */
    record Edit(String file, String text, String instead) {
        /** @throws IllegalStateException if there is no such place, or another one */
        String in(String source) {
            int at = source.indexOf(text);
            if (at < 0 || source.indexOf(text, at + 1) >= 0) {
                throw new IllegalStateException(
                        "a mutation must fit exactly one place of " + file + ", adapt it: " + text);
            }
            return source.substring(0, at) + instead + source.substring(at + text.length());
        }
    }

    Mutation(String name, String flaw, int boundSeeds, Edit... edits) {
        this(name, flaw, boundSeeds, List.of(edits));
    }

    /** The source of a file with what this changes there. */
    String in(String file, String source) {
        var changed = source;
        for (var edit : edits) {
            changed = edit.file().equals(file) ? edit.in(changed) : changed;
        }
        return changed;
    }

    boolean changesToolkit() {
        return edits.stream().anyMatch(edit -> edit.file().startsWith(TOOLKIT));
    }

    /** Mutants have packages of their own, so that one class loader holds all of them. */
    String packageName() {
        return "mutant." + name.replace('-', '_');
    }
}
