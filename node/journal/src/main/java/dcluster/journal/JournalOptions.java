package dcluster.journal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * How a journal uses its disk.
 *
 * @param segmentBytes the size of a full-grown segment, preallocated; a journal's first is
 *     {@link #FIRST_SEGMENT_BYTES}, each later one twice its predecessor up to this. From {@link #MIN_SEGMENT_BYTES} to
 *     {@link #MAX_SEGMENT_BYTES}
 * @param sync when what was written is made durable
 * @param witness what is remembered of the folder elsewhere; one that has not come as far has lost something
 * @param salts numbers that nobody can foresee, one for each file, drawn on any thread: with them clients cannot choose
 *     bytes that pass for a frame when a damaged tail is searched for marks. Which bytes a journal writes follows from
 *     these and from what it is given
 */
public record JournalOptions(long segmentBytes, Sync sync, Witness witness, LongSupplier salts) {
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
        this(segmentBytes, sync, Witness.NONE, () -> ThreadLocalRandom.current().nextLong());
    }

    /** The same with another sync policy. */
    public JournalOptions with(Sync other) {
        return new JournalOptions(segmentBytes, other, witness, salts);
    }

    /** The same for a folder that something is remembered of. */
    public JournalOptions with(Witness other) {
        return new JournalOptions(segmentBytes, sync, other, salts);
    }

    /** The same with salts from elsewhere, as from a seed. */
    public JournalOptions with(LongSupplier otherSalts) {
        return new JournalOptions(segmentBytes, sync, witness, otherSalts);
    }
}
