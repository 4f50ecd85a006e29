package dcluster.checker.staleness;

import java.util.Arrays;

/**
 * How many reads were how far behind, in versions or in nanoseconds; by nearest rank.
 *
 * @param p50 half of the reads were at most so far behind
 */
public record Distribution(long p50, long p99, long max) {
    static Distribution of(long[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return new Distribution(rank(sorted, 50), rank(sorted, 99), rank(sorted, 100));
    }

    private static long rank(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        long place = ((long) sorted.length * percent + 99) / 100;
        return sorted[(int) Math.max(0, place - 1)];
    }
}
