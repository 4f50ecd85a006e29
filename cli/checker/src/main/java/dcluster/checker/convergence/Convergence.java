package dcluster.checker.convergence;

import dcluster.checker.finding.Answer;
import dcluster.checker.finding.Judgement;
import dcluster.checker.history.Event;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of convergence found.
 *
 * @param judgement of all keys
 * @param heal the note that counted, or null if there was none
 * @param keys each key, in their order; none if there was no heal
 */
public record Convergence(Judgement judgement, @Nullable Event heal, List<KeyConvergence> keys) {
    public Convergence {
        keys = List.copyOf(keys);
    }

    /** How long the slowest of the keys took that converged; zero if none did. */
    public Duration took() {
        return keys.stream()
                .filter(key -> key.judgement().answer() == Answer.HOLDS)
                .map(KeyConvergence::took)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
