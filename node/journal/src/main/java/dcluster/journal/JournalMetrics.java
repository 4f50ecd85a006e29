package dcluster.journal;

/**
 * What a journal has done since it was opened, compactions left out.
 *
 * @param writes handed to the operating system
 * @param records in them
 * @param bytes in them, frames included
 * @param syncs that succeeded, of the segments
 * @param syncNanos that these took together
 * @param lastSyncNanos that the latest took
 * @param maxSyncNanos that the longest took
 */
public record JournalMetrics(
        long writes, long records, long bytes, long syncs, long syncNanos, long lastSyncNanos, long maxSyncNanos) {}
