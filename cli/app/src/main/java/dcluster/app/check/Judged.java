package dcluster.app.check;

import dcluster.checker.history.History;
import dcluster.checker.verdict.Counts;
import dcluster.checker.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A history and the verdict on it.
 *
 * @param file its name in what is printed
 * @param guessed why it was checked for that; empty if the command line said so
 * @param time of reading and checking
 * @param page where it is drawn; null if it is not
 */
public record Judged(
        String file,
        History history,
        Counts counts,
        Verdict verdict,
        String guessed,
        Duration time,
        @Nullable Path page) {
    /** The same, drawn. */
    public Judged withPage(Path drawn) {
        return new Judged(file, history, counts, verdict, guessed, time, drawn);
    }
}
