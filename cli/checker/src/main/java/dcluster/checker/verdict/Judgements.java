package dcluster.checker.verdict;

import dcluster.checker.finding.Judgement;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts judgements of the weaker models into the shape of rulings. */
final class Judgements {
    private Judgements() {}

    /**
     * A ruling.
     *
     * @param holds why it is valid, if it is
     * @param broken how its findings are called, if it is not
     */
    static Ruling ruling(
            Judgement judgement, String holds, String broken, Map<String, Object> figures, Observed observed) {
        var first = judgement.findings().isEmpty()
                ? "the history does not tell"
                : judgement.findings().get(0).reason();
        return switch (judgement.answer()) {
            case HOLDS -> new Ruling(Answer.VALID, holds, List.of(), figures, observed.count(), observed.missing());
            case UNKNOWN -> new Ruling(Answer.UNKNOWN, first, List.of(), figures, observed.count(), "");
            case VIOLATED ->
                new Ruling(
                        Answer.INVALID,
                        Texts.cut(first),
                        findings(broken, judgement.findings()),
                        figures,
                        observed.count(),
                        "");
        };
    }

    private static List<Finding> findings(String broken, List<dcluster.checker.finding.Finding> found) {
        return found.stream()
                .limit(Verdict.MOST_FINDINGS)
                .map(one -> Finding.of(broken, key(one.operations()), Witness.numbered(one.operations()), one.reason()))
                .toList();
    }

    /** That of all of them; null if they have several, or there are none. */
    private static @Nullable String key(List<Operation> operations) {
        var keys = operations.stream()
                .map(operation -> operation.key() == null ? "" : operation.key())
                .distinct()
                .toList();
        return keys.size() == 1 ? keys.get(0) : null;
    }

    /** All reads that ended with ok. */
    static Observed reads(History history) {
        long count = history.operations().stream()
                .filter(operation -> operation.isOk() && operation.function().observes())
                .count();
        return new Observed(count, "no read ended with ok");
    }
}
