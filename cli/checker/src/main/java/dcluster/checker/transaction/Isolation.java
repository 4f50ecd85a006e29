package dcluster.checker.transaction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a check of transactions found.
 *
 * @param transactions how many there were
 * @param committed how many of them certainly happened
 * @param anomalies of each phenomenon a few; of cycles one, the shortest
 * @param counts how often each phenomenon was found; of cycles 1
 * @param ruledOut the levels that do not hold
 * @param isComplete whether there was time to look for all phenomena; else nobody knows whether the other levels hold
 */
public record Isolation(
        int transactions,
        int committed,
        List<Anomaly> anomalies,
        Map<Phenomenon, Integer> counts,
        Set<Level> ruledOut,
        boolean isComplete) {
    /** Whether a level holds. */
    public enum Answer {
        HOLDS,
        VIOLATED,
        UNKNOWN
    }

    public Isolation {
        anomalies = List.copyOf(anomalies);
        counts = Map.copyOf(counts);
        ruledOut = Set.copyOf(ruledOut);
    }

    /** Whether a level holds as far as this history can tell. */
    public Answer answer(Level level) {
        if (ruledOut.contains(level)) {
            return Answer.VIOLATED;
        }
        return isComplete || level == Level.NONE ? Answer.HOLDS : Answer.UNKNOWN;
    }

    /**
     * The levels that hold and are implied by no other that holds: one, or two of which none implies the other, as
     * serializability and strong snapshot isolation.
     */
    public List<Level> strongest() {
        var holding = EnumSet.noneOf(Level.class);
        Arrays.stream(Level.values())
                .filter(level -> answer(level) == Answer.HOLDS)
                .forEach(holding::add);
        return holding.stream()
                .filter(level -> holding.stream().noneMatch(other -> other != level && other.implies(level)))
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
