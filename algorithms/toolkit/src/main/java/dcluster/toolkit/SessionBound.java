package dcluster.toolkit;

/**
 * The rule of the option {@code sessions}: how many sessions a {@link Store} remembers that a log drives. Together they
 * take at most that many times {@link #MOST_BYTES} in memory, which counts towards {@code storage.capacity} as keys do.
 */
public final class SessionBound {
    /** What is remembered where a cluster file says nothing. */
    public static final String USUAL = "10000";

    /** The most that one session takes in memory, with the answer that it remembers: answers above 4 KiB are not kept. */
    public static final long MOST_BYTES = Sessions.mostBytes();

    private SessionBound() {}

    /** Refuses what is no number of sessions: there is one at least. */
    public static void check(int sessions) {
        if (sessions < 1) {
            throw new IllegalArgumentException("sessions is at least 1: " + sessions);
        }
    }

    /**
     * Refuses another number where there is data: replicas decide by it which sessions expire, and those that apply the
     * rest of one log must agree on that.
     */
    public static void checkChange(String algorithm, int before, int after) {
        if (before != after) {
            throw new IllegalArgumentException(algorithm + " goes on with the sessions that it began with, " + before
                    + ", not with " + after + ": all replicas must forget the same ones, wherever in the log they are");
        }
    }
}
