package dcluster.journal;

/**
 * How a journal uses its disk.
 *
 * @param segmentBytes the size of a full-grown segment, preallocated; a journal's first is
 *     {@link #FIRST_SEGMENT_BYTES}, each later one twice its predecessor up to this. From {@link #MIN_SEGMENT_BYTES} to
 *     {@link #MAX_SEGMENT_BYTES}
 * @param sync when what was written is made durable
 * @param past how often the folder was opened with success before, at least, as is remembered elsewhere; one that was
 *     opened less often has lost something. With 0 an empty folder may begin
 */
public record JournalOptions(long segmentBytes, Sync sync, long past) {
    public static final long MIN_SEGMENT_BYTES = 8 << 10;
    public static final long MAX_SEGMENT_BYTES = 1 << 30;

    /** Small, so that a new folder is ready within milliseconds and an idle node takes little room. */
    public static final long FIRST_SEGMENT_BYTES = 1 << 20;

    /** Segments of up to 32 MiB, synced before anything leaves. */
    public static final JournalOptions DEFAULT = new JournalOptions(32 << 20, new Sync.Always());

    public JournalOptions {
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "a segment has " + MIN_SEGMENT_BYTES + " to " + MAX_SEGMENT_BYTES + " bytes, not " + segmentBytes);
        }
    }

    /** For a folder of which nothing is remembered. */
    public JournalOptions(long segmentBytes, Sync sync) {
        this(segmentBytes, sync, 0);
    }

    /** The same with another sync policy. */
    public JournalOptions with(Sync other) {
        return new JournalOptions(segmentBytes, other, past);
    }

    /** The same for a folder that was opened so often before, at least. */
    public JournalOptions after(long incarnations) {
        return new JournalOptions(segmentBytes, sync, incarnations);
    }
}
