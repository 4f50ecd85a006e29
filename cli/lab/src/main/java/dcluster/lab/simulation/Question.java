package dcluster.lab.simulation;

import dcluster.lab.simulation.Recorder.Ask;
import dcluster.simulation.Violation;
import dcluster.spi.Command;
import dcluster.spi.Result;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that a client asks: as a command to a node, and as a history has it. */
sealed interface Question permits CartQuestion, KeyQuestion, TransactionQuestion, WatchQuestion, WatchedQuestion {
    Command command();

    Ask ask();

    /**
     * What the result says in the words of a history.
     *
     * @throws Violation if it is no answer to this
     */
    @Nullable
    Object output(Result result);

    /** That the result is no answer to this. */
    default Violation unfit(Result result) {
        return new Violation("Answers", "\"" + ask() + "\" was answered with " + result);
    }

    /** The numbers that the result tells. */
    List<Count> counts(Result result);

    /** Whether the result says that nothing happened, since what it depended on had changed. */
    default boolean isAborted(Result result) {
        return false;
    }

    /** What a campaign counts when this is answered so. */
    default Optional<String> event(Result result) {
        return result instanceof Result.Siblings siblings && siblings.values().size() > 1
                ? Optional.of(Sometimes.SIBLINGS)
                : Optional.empty();
    }

    /** What its client knows of now, if it knew that before. */
    default Seen seen(Result result, Seen before) {
        return before;
    }

    /** Whether asking twice does no harm. */
    default boolean isRead() {
        return command().isRead();
    }

    /** Whether a compare-and-set found what it expected; true of anything else. */
    static boolean applied(Result result) {
        return !(result instanceof Result.Applied applied) || applied.applied();
    }
}
