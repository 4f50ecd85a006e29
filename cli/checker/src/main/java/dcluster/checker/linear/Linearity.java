package dcluster.checker.linear;

import java.util.List;

/**
 * What a check for linearizability found.
 *
 * @param keys how many were looked at
 * @param bad those that have no order
 * @param undecided those for which time or memory did not suffice
 */
public record Linearity(int keys, List<Explanation> bad, List<Undecided> undecided) {
    /** A key for which what the check was allowed did not suffice. */
    public record Undecided(String key, boolean isOutOfTime, int operations, int configurations) {}

    public Linearity {
        bad = List.copyOf(bad);
        undecided = List.copyOf(undecided);
    }

    /** Whether each key has an order. */
    public boolean isLinearizable() {
        return bad.isEmpty() && undecided.isEmpty();
    }
}
