package dcluster.journal;

import java.util.concurrent.atomic.AtomicLong;

/** Counted by the thread that writes, read by any. */
final class Counters {
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong syncs = new AtomicLong();
    private final AtomicLong syncNanos = new AtomicLong();
    private final AtomicLong lastSyncNanos = new AtomicLong();
    private final AtomicLong maxSyncNanos = new AtomicLong();

    void wrote(int recordCount, int byteCount) {
        add(writes, 1);
        add(records, recordCount);
        add(bytes, byteCount);
    }

    void synced(long nanos) {
        add(syncs, 1);
        add(syncNanos, nanos);
        lastSyncNanos.setRelease(nanos);
        maxSyncNanos.setRelease(Math.max(maxSyncNanos.getPlain(), nanos));
    }

    JournalMetrics snapshot() {
        return new JournalMetrics(
                writes.get(),
                records.get(),
                bytes.get(),
                syncs.get(),
                syncNanos.get(),
                lastSyncNanos.get(),
                maxSyncNanos.get());
    }

    // One thread counts, so no addition can be lost, and none needs to be atomic.
    private static void add(AtomicLong counter, long amount) {
        counter.setRelease(counter.getPlain() + amount);
    }
}
