package dcluster.toolkit;

import java.util.Arrays;

/** The arithmetic of majorities: any two of them share a node. */
public final class Quorums {
    private Quorums() {}

    /** The least number of nodes that is more than half of {@code nodes}. */
    public static int majority(int nodes) {
        return nodes / 2 + 1;
    }

    /**
     * The greatest index that a majority has reached, given the index that each node has reached: the N of Raft's
     * figure 2, last rule for leaders.
     */
    public static long majorityIndex(long[] reached) {
        var sorted = reached.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - majority(sorted.length)];
    }
}
