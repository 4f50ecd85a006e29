package dcluster.checker.verdict;

import dcluster.checker.history.History;
import java.util.function.Consumer;

/** Runs one of the checkers and puts what it found into the shape of all. */
@FunctionalInterface
interface Judge {
    /**
     * Judges a history.
     *
     * @param stage is told now and then how far it is, as {@code 17 of 1,000 keys}
     * @throws dcluster.checker.history.UnfitException if the history has operations that are not of this check
     */
    Ruling rule(History history, Terms terms, Consumer<String> stage);

    /** Whether it knows reads that saw several values. */
    default boolean knowsSiblings() {
        return false;
    }
}
