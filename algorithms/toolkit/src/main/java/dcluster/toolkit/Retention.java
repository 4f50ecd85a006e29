package dcluster.toolkit;

/**
 * How much of a log stays in memory: what is applied stays for replicas that lag a little; beyond a bound the older half
 * of it is dropped, and who still needs some of that is sent a snapshot.
 */
public final class Retention {
    /** How much more than usual may stay while a snapshot that it must continue is being sent. */
    private static final int PATIENCE = 4;

    private final Log<?> log;
    private final Amount most;

    /** Keeps at most so much of what is applied. */
    public Retention(Log<?> log, Amount most) {
        this.log = log;
        this.most = most;
    }

    /** Drops what is applied and beyond the bound, but as long as possible nothing after {@code needed}. */
    public void drop(long applied, long needed) {
        long before = log.firstIndex() - 1;
        if (!most.exceededBy(applied - before, log.bytesBetween(before, applied))) {
            return;
        }
        boolean patient = !most.exceededBy((applied - before) / PATIENCE, log.bytesBetween(before, applied) / PATIENCE);
        long through = firstHalf(before, applied);
        log.discardThrough(patient ? Math.max(before, Math.min(through, needed)) : through);
    }

    /** The least index after which at most half of the bound is applied. */
    private long firstHalf(long before, long applied) {
        long low = Math.max(before, applied - most.entries() / 2);
        long high = applied;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (log.bytesBetween(middle, applied) > most.bytes().bytes() / 2) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
