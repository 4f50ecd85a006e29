package dcluster.app.processes;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What the clients of a load share: whether it is over, and how many writes ended how. Safe for use by any thread. */
final class LoadTally {
    private static final long PAUSE_MILLIS = 10;

    private final String prefix;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final Map<String, Long> troubles = new ConcurrentHashMap<>();

    /** {@code prefix} begins all keys, so that several loads can write to one cluster. */
    LoadTally(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    void count(Write write, String why) {
        switch (write.ending()) {
            case ACKNOWLEDGED -> acknowledged.incrementAndGet();
            case UNKNOWN -> unknown.incrementAndGet();
            case FAILED -> {
                // Counted by its reason.
            }
        }
        if (!why.isEmpty()) {
            troubles.merge(write.ending() + ": " + why, 1L, Long::sum);
        }
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long unknown() {
        return unknown.get();
    }

    /** What was not acknowledged, by reason. */
    Map<String, Long> troubles() {
        return new TreeMap<>(troubles);
    }

    /** Lets a client that failed not try again at once; the end of the load ends this too. */
    void pause() {
        try {
            over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    void end() {
        over.countDown();
    }
}
