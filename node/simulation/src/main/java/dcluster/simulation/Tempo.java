package dcluster.simulation;

/**
 * How long things take in a simulation while nothing is wrong, each by sixty-four random bits. Public for those who
 * predict what a run measures; what links take is said by {@link Links.Quality#wayNanos}.
 */
public final class Tempo {
    private static final long TURN_NANOS = 150_000;
    private static final long CLIENT_LEAST_NANOS = 50_000;
    private static final long CLIENT_SPREAD_NANOS = 300_000;
    private static final long SYNC_LEAST_NANOS = 50_000;
    private static final long SYNC_SPREAD_NANOS = 400_000;
    private static final int HICCUP_ONE_IN = 64;
    private static final long HICCUP_NANOS = 20_000_000;

    /** No sync takes longer. */
    public static final long LONGEST_SYNC_NANOS = SYNC_LEAST_NANOS + SYNC_SPREAD_NANOS + HICCUP_NANOS;

    private Tempo() {}

    /** Until an idle loop runs what it was given. */
    public static long turnNanos(long bits) {
        return Long.remainderUnsigned(bits, TURN_NANOS);
    }

    /** From a client to a node, or back. */
    public static long clientNanos(long bits) {
        return CLIENT_LEAST_NANOS + Long.remainderUnsigned(bits, CLIENT_SPREAD_NANOS);
    }

    /** A sync of a disk, some of which take much longer than most. */
    public static long syncNanos(long bits) {
        boolean hiccup = (bits >>> 56) % HICCUP_ONE_IN == 0;
        return steadySyncNanos(bits) + (hiccup ? Long.remainderUnsigned(bits >>> 8, HICCUP_NANOS) : 0);
    }

    /** The same sync, had it been none of those. */
    static long steadySyncNanos(long bits) {
        return SYNC_LEAST_NANOS + Long.remainderUnsigned(bits, SYNC_SPREAD_NANOS);
    }

    /** Until a piece of a compaction is written. */
    static long pieceNanos(long bits) {
        return SYNC_LEAST_NANOS + Long.remainderUnsigned(bits, SYNC_SPREAD_NANOS * 8);
    }
}
