package dcluster.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. One thread at a time uses it. */
public interface DiskFile extends Closeable {
    /**
     * Fills the buffer from an offset on, or as much of it as the file holds; returns the count of bytes read, from
     * 0.
     */
    int read(ByteBuffer target, long offset) throws IOException;

    /** Writes the whole rest of the buffer at an offset; the file grows as needed. Not durable yet. */
    void write(ByteBuffer source, long offset) throws IOException;

    /**
     * Makes everything written so far durable, and as much of the file's metadata as reading it back needs. After a
     * failure nothing is known about what was written since the last success, and another attempt proves nothing.
     */
    void force() throws IOException;

    /** In bytes. */
    long size() throws IOException;
}
