package dcluster.journal;

import dcluster.codec.ByteReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The durable sequence of a node's records: opened, replayed, appended to, and now and then rewritten as a state.
 * What was written is durable once a later {@link #force} has returned, and a crash keeps a prefix of what was
 * written that holds all that was durable. How it is laid out and recovered is told in the package's documentation.
 *
 * <p>One thread uses it. A second one may meanwhile prepare segments and carry a {@link Compaction} out;
 * {@link #bytes} and {@link #metrics} answer any thread. After the first {@link IOException} of any method, but for an
 * {@link AbandonedException}, every other one throws, too: the journal is to be closed and the node to be stopped.
 */
public final class Journal implements Closeable {
    private final Folder folder;
    private final Recovery recovery;
    private final long incarnation;
    private final long wipedAfter;
    private final Spares spares;
    private final Poison poison;
    private final Counters counters = new Counters();
    private final Batch empty = new Batch();

    private Segment segment;
    private long durable;
    private boolean dirty;
    private boolean closed;
    private volatile @Nullable Compaction compaction;
    private volatile long end;
    private volatile State state;

    Journal(Folder folder, Spares spares, Segment segment, Replay replay) {
        this.folder = folder;
        this.poison = folder.poison();
        this.spares = spares;
        this.segment = segment;
        this.recovery = replay.recovery();
        this.incarnation = replay.incarnation() + 1;
        this.wipedAfter = replay.wipedAfter();
        this.state = replay.state();
        this.end = segment.position();
        this.durable = end;
    }

    /**
     * Opens the journal of a folder, or begins one in an empty folder, and gives every record to {@code replay} in
     * the order in which they were written. The reader is valid during the call only. All that was replayed is
     * durable when this returns.
     *
     * @throws RefusedFolderException if the folder is in use, belongs to another identity, or cannot be written
     * @throws AmnesiaException if it has not come as far as the options' witness remembers
     * @throws DamagedJournalException if something that was durable is not there any more, or a record cannot be
     *     decoded
     */
    public static Journal open(Disk disk, Identity identity, JournalOptions options, Consumer<ByteReader> replay)
            throws IOException {
        return new Opening(disk, identity, options, replay).open();
    }

    /**
     * How often this folder was opened with success, from 1; if its node was wiped, that goes on from where it was. Durable;
     * no two processes see the same.
     */
    public long incarnation() {
        return incarnation;
    }

    /**
     * The incarnation after which the node was wiped, so that this folder began empty, as {@link Witness#isWiped} allowed; 0
     * if it is the node's first. The same for as long as the folder lives.
     */
    public long wipedAfter() {
        return wipedAfter;
    }

    /** What opening found. */
    public Recovery recovery() {
        return recovery;
    }

    public JournalOptions options() {
        return folder.options();
    }

    /** The journal's end: the count of bytes written since the folder was new, frames included. */
    public long end() {
        return end;
    }

    /** How many bytes a replay would read now: what a compaction would replace. */
    public long bytes() {
        var replaced = state;
        return replaced.bytes() + end - replaced.position();
    }

    public JournalMetrics metrics() {
        return counters.snapshot();
    }

    /**
     * Appends the batch's records in one write, at the next segment's beginning if this one is full. Not durable yet.
     * The batch may be cleared and used again.
     */
    public void write(Batch batch) throws IOException {
        requireOpen();
        poison.guard(() -> {
            if (!batch.isEmpty()) {
                append(Frames.MARK, batch);
            }
        });
    }

    /** Makes everything written so far durable. */
    public void force() throws IOException {
        requireOpen();
        poison.guard(this::sync);
    }

    /**
     * Begins to rewrite the journal: what the compaction is given replaces, once finished, everything written before
     * this call. Everything written later follows it. Syncs what was written, which takes as long as a
     * {@link #force}.
     *
     * @throws IllegalStateException if another one is under way
     * @throws AbandonedException if it could not begin, while the journal can go on
     */
    public Compaction compact() throws IOException {
        requireOpen();
        poison.check();
        if (compaction != null) {
            throw new IllegalStateException("a compaction is under way");
        }
        // Before anything is written: want of room for a segment that the journal does not need yet is no failure.
        var next = attempt(Compaction.NAME, spares::take);
        poison.guard(() -> roll(next));
        var begun = attempt(Compaction.NAME, () -> new Compaction(this, folder, segment.number()));
        compaction = begun;
        return begun;
    }

    /** Does what the journal can do without, unless the failure is one of the journal itself. */
    private <T> T attempt(String what, Poison.Source<T> source) throws IOException {
        try {
            return source.make();
        } catch (IOException e) {
            throw poison.spread() ? e : folder.abandoned(what, e);
        }
    }

    /**
     * Makes what was written durable, adds a mark that says so, and lets the folder go. A compaction that is under
     * way is abandoned. After a failure the disk is not touched any more.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!poison.spread()) {
                poison.guard(this::finish);
            }
        } finally {
            release();
        }
    }

    /** Lets the folder go without another write. */
    void drop() throws IOException {
        if (!closed) {
            closed = true;
            release();
        }
    }

    /** Writes the mark of a new incarnation, which nobody remembers before it is durable. */
    void begin() throws IOException {
        poison.guard(() -> {
            append(Frames.MARK, empty);
            forceSegment();
            folder.options().witness().opened(new Past(incarnation, end));
        });
    }

    /** Whether {@link #prepareSegment} is to be called now, on whichever thread; true once for each such call. */
    boolean wantsSegment() {
        return spares.claim(segment.eighthsUsed());
    }

    /**
     * Makes the next segment, so that the end of this one holds nobody up.
     *
     * @throws AbandonedException if it could not be made; it will be wanted again
     */
    void prepareSegment() throws IOException {
        poison.check();
        attempt("the next segment", () -> {
            spares.prepare();
            return true;
        });
    }

    /**
     * Writes and syncs a mark, which vouches for everything before it: a bit of that which flips from now on is damage,
     * and never taken for a torn tail.
     *
     * @throws AbandonedException if the mark had no room in this segment, and no next one could be made
     */
    void vouch() throws IOException {
        requireOpen();
        poison.guard(this::sync);
        if (segment.fits(Frames.MARK_BYTES)) {
            poison.guard(this::finish);
        } else {
            var next = attempt("a mark at the end", spares::take);
            poison.guard(() -> roll(next));
        }
    }

    /** The compaction is finished. */
    void replaced(State newState) {
        state = newState;
        compaction = null;
    }

    /** The compaction is abandoned. */
    void kept() {
        compaction = null;
    }

    /** A seal or mark of its own, or the batch with a mark before it. */
    private void append(int kind, Batch batch) throws IOException {
        int length = Frames.MARK_BYTES + batch.bytes();
        if (kind != Frames.SEAL && !segment.fits(length)) {
            roll(spares.take());
        }
        segment.append(batch.after(kind, new Mark(end, durable, incarnation), segment.salt()));
        end = segment.position();
        dirty = true;
        counters.wrote(batch.records(), length);
    }

    /** Nothing is written to a segment before all earlier ones are durable to their last frame. */
    private void roll(JournalFile next) throws IOException {
        append(Frames.SEAL, empty);
        sync();
        segment.close();
        segment = new Segment(next, end, FileHeader.DATA_START);
    }

    private void sync() throws IOException {
        if (dirty) {
            forceSegment();
            folder.options().witness().reached(end);
        }
    }

    private void forceSegment() throws IOException {
        long start = System.nanoTime();
        segment.force();
        counters.synced(System.nanoTime() - start);
        dirty = false;
        durable = end;
    }

    private void finish() throws IOException {
        sync();
        append(Frames.MARK, empty);
        sync();
    }

    private void release() throws IOException {
        var unfinished = compaction;
        try {
            if (unfinished != null) {
                unfinished.drop();
            }
            segment.close();
            spares.close();
            folder.options().witness().close();
        } finally {
            folder.lock().close();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
    }
}
