package dcluster.lab.staleness;

/** How long operations took. */
public final class Latency {
    private static final double NANOS_PER_MILLI = 1e6;

    private long count;
    private double sumNanos;

    void add(long nanos) {
        count++;
        sumNanos += nanos;
    }

    /** In milliseconds; not a number if there were none. */
    public double meanMillis() {
        return sumNanos / count / NANOS_PER_MILLI;
    }
}
