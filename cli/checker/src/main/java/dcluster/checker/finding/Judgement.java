package dcluster.checker.finding;

import java.util.List;

/**
 * An answer to a demand.
 *
 * @param findings what violates it, or why the answer is not known; empty if it holds
 */
public record Judgement(Answer answer, List<Finding> findings) {
    public Judgement {
        findings = List.copyOf(findings);
    }

    /** Nothing speaks against it. */
    public static Judgement holds() {
        return new Judgement(Answer.HOLDS, List.of());
    }

    /** It does not hold. */
    public static Judgement violated(List<Finding> findings) {
        return new Judgement(Answer.VIOLATED, findings);
    }

    /** The history does not tell. */
    public static Judgement unknown(String why) {
        return new Judgement(Answer.UNKNOWN, List.of(new Finding(List.of(), why)));
    }
}
