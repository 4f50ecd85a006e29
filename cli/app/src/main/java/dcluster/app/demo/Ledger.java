package dcluster.app.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the clients of the demonstration were told about their writes. Safe for use by any thread. */
final class Ledger {
    private final Map<String, String> acknowledged = new HashMap<>();
    private final Map<String, String> unknown = new HashMap<>();
    private final Set<String> complaints = new HashSet<>();
    private long lastNanos = System.nanoTime();
    private long longestGapNanos;

    /** A write took effect. */
    synchronized void acknowledge(String key, String value) {
        acknowledged.put(key, value);
        long now = System.nanoTime();
        longestGapNanos = Math.max(longestGapNanos, now - lastNanos);
        lastNanos = now;
    }

    /** A write may have taken effect. */
    synchronized void leaveOpen(String key, String value) {
        unknown.put(key, value);
    }

    /** Something happened that must not. */
    synchronized void complain(String complaint) {
        complaints.add(complaint);
    }

    synchronized int acknowledgedCount() {
        return acknowledged.size();
    }

    /** Forgets how long writes were out before. */
    synchronized void watch() {
        longestGapNanos = 0;
    }

    /** The longest time without an acknowledgement since {@link #watch}. */
    synchronized Duration longestGap() {
        return Duration.ofNanos(longestGapNanos);
    }

    /** Copies, by key. */
    synchronized Map<String, String> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** Copies, by key. */
    synchronized Map<String, String> unknown() {
        return Map.copyOf(unknown);
    }

    synchronized Set<String> complaints() {
        return Set.copyOf(complaints);
    }
}
