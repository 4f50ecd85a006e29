package dcluster.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An open segment or state file whose header is known. */
record JournalFile(Disk disk, String name, DiskFile file, FileHeader header) implements Closeable {
    private static final byte[] ZEROS = new byte[256 << 10];

    /** So much is zero-filled between two syncs: a larger piece would hold up the syncs of others for longer. */
    private static final long FILLED_AT_ONCE_BYTES = 4 << 20;

    /** Makes a file under its unfinished name, with the header alone, not durable yet. */
    static JournalFile create(Disk disk, String name, FileHeader header) throws IOException {
        var file = disk.create(name + FileNames.UNFINISHED);
        var created = new JournalFile(disk, name, file, header);
        try {
            file.write(header.encode(), 0);
        } catch (IOException e) {
            throw created.deletedAfter(e);
        }
        return created;
    }

    /** Opens a finished file; its header must be valid and be what is expected of its name in this folder. */
    static JournalFile open(Disk disk, String name, int kind, long number, long identity) throws IOException {
        var file = disk.open(name);
        try {
            return new JournalFile(disk, name, file, readHeader(disk, name, file, kind, number, identity));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static FileHeader readHeader(Disk disk, String name, DiskFile file, int kind, long number, long identity)
            throws IOException {
        var bytes = new byte[FileHeader.BYTES];
        file.read(ByteBuffer.wrap(bytes), 0);
        String path = disk.folder() + "/" + name;
        var header = FileHeader.decode(bytes)
                .orElseThrow(() -> new DamagedJournalException(path, 0, "this is no valid header of a journal's file"));
        if (header.identity() != identity) {
            throw new DamagedJournalException(path, 0, "this file comes from another node's folder");
        }
        if (header.kind() != kind || header.number() != number) {
            throw new DamagedJournalException(
                    path,
                    0,
                    "this file was another one once: its header says kind=" + header.kind() + " number="
                            + header.number());
        }
        return header;
    }

    /** Makes what was written durable, and the file known by its final name, durably with a sync of the folder. */
    void finish() throws IOException {
        file.force();
        disk.rename(name + FileNames.UNFINISHED, name);
    }

    /** Writes zeros from one offset up to another, and syncs as it goes. */
    void zero(long from, long to) throws IOException {
        long forced = from;
        for (long at = from; at < to; at += ZEROS.length) {
            file.write(ByteBuffer.wrap(ZEROS, 0, (int) Math.min(ZEROS.length, to - at)), at);
            if (at - forced >= FILLED_AT_ONCE_BYTES) {
                file.force();
                forced = at;
            }
        }
        file.force();
    }

    /** Writes again what is there, so that the next sync covers it. */
    void rewrite(long from, long to) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(ZEROS.length, to - from));
        for (long at = from; at < to; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
            file.read(buffer, at);
            file.write(buffer.flip(), at);
        }
    }

    /** A reader of its frames, the first of which stands at {@code position}. */
    FrameReader frames(long position) throws IOException {
        return new FrameReader(this, position);
    }

    DamagedJournalException damaged(long offset, String problem) {
        return new DamagedJournalException(disk.folder() + "/" + name, offset, problem);
    }

    /**
     * Closes and deletes this because of a failure, which it returns, before it was finished. What cannot be deleted
     * now is at the next opening.
     */
    IOException deletedAfter(IOException failure) {
        closedAfter(failure);
        try {
            disk.delete(name + FileNames.UNFINISHED);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Closes this because of a failure, which it returns. */
    IOException closedAfter(IOException failure) {
        try {
            file.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Whether the first {@code count} bytes of the array, at most a quarter of a mebibyte, are all zero. */
    static boolean isZero(byte[] array, int count) {
        return Arrays.equals(array, 0, count, ZEROS, 0, count);
    }
}
