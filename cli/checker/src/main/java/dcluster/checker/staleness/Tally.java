package dcluster.checker.staleness;

/** Counts which of the numbers from 1 to some last one were marked, and how many below a given one (Fenwick 1994). */
final class Tally {
    private final int[] sums;
    private int marked;

    Tally(int last) {
        sums = new int[last + 1];
    }

    void mark(int number) {
        marked++;
        for (int i = number; i < sums.length; i += i & -i) {
            sums[i]++;
        }
    }

    /** How many marked numbers are not below this one. */
    int from(int number) {
        int below = 0;
        for (int i = number - 1; i > 0; i -= i & -i) {
            below += sums[i];
        }
        return marked - below;
    }
}
