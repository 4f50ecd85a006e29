package dcluster.host;

/**
 * How often values of which size came: a count for each of a few ranges, and the sum of all. Recording one costs some
 * nanoseconds and no memory. Belongs to one thread.
 */
public final class Distribution {
    private final long[] bounds;
    private final long[] counts;
    private long sum;

    /** Ranges up to each bound, itself included, in rising order, and one range for what is above the last. */
    public Distribution(long... bounds) {
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i - 1] >= bounds[i]) {
                throw new IllegalArgumentException("bounds rise: " + bounds[i - 1] + " before " + bounds[i]);
            }
        }
        this.bounds = bounds.clone();
        this.counts = new long[bounds.length + 1];
    }

    /** From a tenth of a millisecond to ten seconds, in nanoseconds. */
    public static Distribution ofLatencies() {
        long millisecond = 1_000_000;
        return new Distribution(
                millisecond / 10,
                millisecond / 4,
                millisecond / 2,
                millisecond,
                millisecond * 5 / 2,
                millisecond * 5,
                millisecond * 10,
                millisecond * 25,
                millisecond * 50,
                millisecond * 100,
                millisecond * 250,
                millisecond * 500,
                millisecond * 1000,
                millisecond * 2500,
                millisecond * 5000,
                millisecond * 10000);
    }

    /** From one to some thousands. */
    public static Distribution ofSizes() {
        return new Distribution(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096);
    }

    public void record(long value) {
        int range = 0;
        while (range < bounds.length && value > bounds[range]) {
            range++;
        }
        counts[range]++;
        sum += value;
    }

    /** How many ranges have a bound. */
    public int boundCount() {
        return bounds.length;
    }

    public long bound(int range) {
        return bounds[range];
    }

    /** How many values lay in that range or in one below; with {@link #boundCount}, how many there were at all. */
    public long countUpTo(int range) {
        long count = 0;
        for (int i = 0; i <= range; i++) {
            count += counts[i];
        }
        return count;
    }

    public long sum() {
        return sum;
    }
}
