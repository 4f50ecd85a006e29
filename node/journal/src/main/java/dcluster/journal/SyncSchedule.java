package dcluster.journal;

import java.util.concurrent.locks.LockSupport;

/** When a journal's thread has to sync, by its {@link Sync} policy. Used by that thread alone. */
final class SyncSchedule {
    private final boolean always;
    private final long intervalNanos;
    private boolean dirty;
    private long dueNanos;

    private SyncSchedule(boolean always, long intervalNanos) {
        this.always = always;
        this.intervalNanos = intervalNanos;
    }

    static SyncSchedule of(Sync sync) {
        if (sync instanceof Sync.Every every) {
            return new SyncSchedule(false, every.interval().toNanos());
        }
        return new SyncSchedule(sync instanceof Sync.Always, 0);
    }

    /** Whether to sync now that so many more batches were written. */
    boolean isDueAfter(int batches) {
        if (batches > 0 && !dirty) {
            dirty = true;
            dueNanos = System.nanoTime() + intervalNanos;
        }
        return isDue();
    }

    boolean isDue() {
        return dirty && (always || (intervalNanos > 0 && System.nanoTime() - dueNanos >= 0));
    }

    void forced() {
        dirty = false;
    }

    /** Whether all that was written is synced. */
    boolean isClean() {
        return !dirty;
    }

    /** Sleeps until woken, until a sync is due, or, if all is synced, for as long as given. */
    void park(Object blocker, long cleanNanos) {
        if (!dirty) {
            LockSupport.parkNanos(blocker, cleanNanos);
        } else if (intervalNanos > 0) {
            LockSupport.parkNanos(blocker, Math.max(1, dueNanos - System.nanoTime()));
        } else {
            LockSupport.park(blocker);
        }
    }
}
