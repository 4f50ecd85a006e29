package dcluster.checker.verdict;

import java.util.List;
import java.util.Map;

/**
 * What one checker says.
 *
 * @param observations how many operations said something that could have contradicted what was checked
 * @param missing what there would have to be for that, as {@code no read ended with ok}
 */
record Ruling(
        Answer answer,
        String reason,
        List<Finding> findings,
        Map<String, Object> figures,
        long observations,
        String missing) {
    static Ruling unknown(String reason) {
        return new Ruling(Answer.UNKNOWN, reason, List.of(), Map.of(), 0, "");
    }
}
