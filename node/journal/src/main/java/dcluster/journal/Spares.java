package dcluster.journal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The segments to come, zero-filled and durable under their names before they are needed: overwriting allocated
 * blocks needs no change of the file's metadata, so its sync is one write to the disk and no more. {@link #prepare}
 * runs on another thread than {@link #take}; a segment that is wanted before it is ready is made on the spot, and
 * small.
 */
final class Spares {
    private final Disk disk;
    private final long identity;
    private final long maxBytes;
    private final Deque<JournalFile> ready = new ArrayDeque<>();
    private long nextNumber;
    private long nextBytes;
    private boolean claimed;
    private boolean preparing;
    private boolean broken;

    /** Starts with the unused segments of an opened folder; the newest of all has a number and a size. */
    Spares(Disk disk, long identity, long maxBytes, List<JournalFile> unused, JournalFile newest) throws IOException {
        this.disk = disk;
        this.identity = identity;
        this.maxBytes = maxBytes;
        this.ready.addAll(unused);
        this.nextNumber = newest.header().number() + 1;
        this.nextBytes = larger(newest.file().size());
    }

    /** Makes the first segment of a new folder. */
    static void first(Disk disk, long identity, long maxBytes) throws IOException {
        make(disk, identity, 1, Math.min(maxBytes, JournalOptions.FIRST_SEGMENT_BYTES))
                .close();
    }

    /** True once each time that {@link #prepare} should be called. */
    synchronized boolean claim() {
        boolean wanted = !claimed && ready.isEmpty();
        claimed |= wanted;
        return wanted;
    }

    /** Makes the next segment, full-grown for its place. */
    void prepare() throws IOException {
        long number;
        long bytes;
        synchronized (this) {
            number = nextNumber++;
            bytes = nextBytes;
            nextBytes = larger(nextBytes);
            preparing = true;
        }
        try {
            add(make(disk, identity, number, bytes));
        } finally {
            prepared();
        }
    }

    /** The next segment: the one that is ready or nearly so, otherwise a small one made now. */
    JournalFile take() throws IOException {
        long number;
        synchronized (this) {
            awaitPrepared();
            if (!ready.isEmpty()) {
                return ready.remove();
            }
            if (broken) {
                throw new IOException("the next segment of the journal could not be made");
            }
            number = nextNumber++;
        }
        return make(disk, identity, number, Math.min(maxBytes, JournalOptions.FIRST_SEGMENT_BYTES));
    }

    synchronized void close() throws IOException {
        for (var spare : ready) {
            spare.close();
        }
        ready.clear();
    }

    private long larger(long bytes) {
        return Math.min(maxBytes, Math.max(2 * bytes, JournalOptions.FIRST_SEGMENT_BYTES));
    }

    private synchronized void add(JournalFile spare) {
        ready.add(spare);
    }

    private synchronized void prepared() {
        broken = ready.isEmpty();
        preparing = false;
        claimed = false;
        notifyAll();
    }

    private synchronized void awaitPrepared() throws IOException {
        while (preparing) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the next segment of the journal was made");
            }
        }
    }

    private static JournalFile make(Disk disk, long identity, long number, long bytes) throws IOException {
        var header = new FileHeader(FileHeader.SEGMENT, number, 0, 0, salt(), identity);
        var made = JournalFile.create(disk, FileNames.segment(number), header);
        try {
            made.zero(FileHeader.DATA_START, bytes);
            made.finish();
        } catch (IOException e) {
            throw made.closedAfter(e);
        }
        return made;
    }

    /**
     * Not reproducible by seed, and need not be: what a journal does depends on it only where a checksum of 32 bits
     * lies. It keeps clients from choosing bytes that pass for a frame when a damaged tail is searched for marks.
     */
    static long salt() {
        return ThreadLocalRandom.current().nextLong();
    }
}
