package dcluster.checker.linear;

import java.util.List;

/**
 * What a check for linearizability found.
 *
 * @param keys how many were looked at
 * @param bad those that have no order
 * @param undecided those for which time or memory did not suffice
 */
public record Linearity(int keys, List<Key> bad, List<Key> undecided) {
    /** One key. */
    public record Key(String key, Search.End end, int configurations) {}

    public Linearity {
        bad = List.copyOf(bad);
        undecided = List.copyOf(undecided);
    }

    /** Whether each key has an order. */
    public boolean isLinearizable() {
        return bad.isEmpty() && undecided.isEmpty();
    }
}
