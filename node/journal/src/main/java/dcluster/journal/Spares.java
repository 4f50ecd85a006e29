package dcluster.journal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The segments to come, zero-filled and durable under their names before they are needed: overwriting allocated
 * blocks needs no change of the file's metadata, so its sync is one write to the disk and no more. {@link #prepare}
 * runs on another thread than {@link #take}; a segment that is wanted before it is ready is made on the spot, and
 * small.
 *
 * <p>What cannot be made, for want of room mostly, is deleted, and its number is used again: nothing was written to it,
 * and the segment under way can be used up to its end. Whenever another eighth of that is used, a small one is tried.
 */
final class Spares {
    private final Folder folder;
    private final Deque<JournalFile> ready = new ArrayDeque<>();
    private long nextNumber;
    private long nextBytes;
    private boolean claimed;
    private boolean preparing;
    private int failedAttempts;

    /** Starts with the unused segments of an opened folder; the newest of all has a number and a size. */
    Spares(Folder folder, List<JournalFile> unused, JournalFile newest) throws IOException {
        this.folder = folder;
        this.ready.addAll(unused);
        this.nextNumber = newest.header().number() + 1;
        this.nextBytes = larger(newest.file().size());
    }

    /** Makes the first segment of a new folder, durable with the next sync of the folder. */
    static void first(Disk disk, long identity, JournalOptions options) throws IOException {
        make(disk, header(identity, 1, options), small(options.segmentBytes())).close();
    }

    /** True once each time that {@link #prepare} should be called, when so many eighths of a segment are used. */
    synchronized boolean claim(int eighths) {
        boolean wanted = !claimed && ready.isEmpty() && eighths > failedAttempts;
        claimed |= wanted;
        return wanted;
    }

    /** Makes the next segment, full-grown for its place. If that fails, all is as before. */
    void prepare() throws IOException {
        long number;
        long bytes;
        synchronized (this) {
            number = nextNumber;
            bytes = failedAttempts > 0 ? small(maxBytes()) : nextBytes;
            preparing = true;
        }
        boolean made = false;
        try {
            add(make(number, bytes), larger(bytes));
            made = true;
        } finally {
            prepared(made);
        }
    }

    /** The next segment: the one that is ready or nearly so, otherwise a small one made now. */
    synchronized JournalFile take() throws IOException {
        awaitPrepared();
        failedAttempts = 0;
        if (ready.isEmpty()) {
            add(make(nextNumber, small(maxBytes())), nextBytes);
        }
        return ready.remove();
    }

    synchronized void close() throws IOException {
        for (var spare : ready) {
            spare.close();
        }
        ready.clear();
    }

    private long maxBytes() {
        return folder.options().segmentBytes();
    }

    private static long small(long maxBytes) {
        return Math.min(maxBytes, JournalOptions.FIRST_SEGMENT_BYTES);
    }

    private long larger(long bytes) {
        return Math.min(maxBytes(), Math.max(2 * bytes, JournalOptions.FIRST_SEGMENT_BYTES));
    }

    private synchronized void add(JournalFile spare, long bytesOfNext) {
        ready.add(spare);
        nextNumber++;
        nextBytes = bytesOfNext;
    }

    private synchronized void prepared(boolean made) {
        failedAttempts = made ? 0 : failedAttempts + 1;
        preparing = false;
        claimed = false;
        notifyAll();
    }

    private void awaitPrepared() throws IOException {
        while (preparing) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the next segment of the journal was made");
            }
        }
    }

    /**
     * Makes the file of a number. If that fails before it is known by its name, a fresh file of the same number may
     * follow; that the name is durable fails for the whole journal, see {@link Folder#sync}.
     */
    private JournalFile make(long number, long bytes) throws IOException {
        var made = make(folder.disk(), header(folder.identity(), number, folder.options()), bytes);
        try {
            folder.sync();
        } catch (IOException e) {
            throw made.closedAfter(e);
        }
        return made;
    }

    private static FileHeader header(long identity, long number, JournalOptions options) {
        return new FileHeader(FileHeader.SEGMENT, number, 0, 0, options.salts().getAsLong(), identity);
    }

    private static JournalFile make(Disk disk, FileHeader header, long bytes) throws IOException {
        var made = JournalFile.create(disk, FileNames.segment(header.number()), header);
        try {
            made.zero(FileHeader.DATA_START, bytes);
            made.finish();
        } catch (IOException e) {
            throw made.deletedAfter(e);
        }
        return made;
    }
}
