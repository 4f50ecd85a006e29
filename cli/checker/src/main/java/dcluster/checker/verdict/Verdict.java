package dcluster.checker.verdict;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found out about a history.
 *
 * @param reason why the answer is this, in one sentence for people without a full stop
 * @param findings what shows that it is invalid, a few at most, the plainest first
 * @param figures what else was counted or found, by camel case names: numbers, texts, lists and maps of them
 * @param time what it took
 */
public record Verdict(
        Check check, Answer answer, String reason, List<Finding> findings, Map<String, Object> figures, Duration time) {
    /** More than anybody wants to read of one history. */
    static final int MOST_FINDINGS = 5;

    public Verdict {
        findings = List.copyOf(findings);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
