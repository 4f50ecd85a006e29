package dcluster.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The segment at the journal's end, the one that is written to. */
final class Segment {
    private final JournalFile source;
    private final long base;
    private final long capacity;
    private long offset;

    /** Writes go on at a file offset; the first frame of the segment stands at position {@code base}. */
    Segment(JournalFile source, long base, long offset) throws IOException {
        this.source = source;
        this.base = base;
        this.capacity = source.file().size();
        this.offset = offset;
    }

    long number() {
        return source.header().number();
    }

    long salt() {
        return source.header().salt();
    }

    /** Where in the journal the next write goes. */
    long position() {
        return base + offset - FileHeader.DATA_START;
    }

    /**
     * Whether the preallocated space has room for a write and the seal; an empty segment takes any write, and grows.
     */
    boolean fits(long bytes) {
        return offset == FileHeader.DATA_START || offset + bytes + Frames.MARK_BYTES <= capacity;
    }

    /** How many eighths of it are used: after the first it is time to prepare its successor. */
    int eighthsUsed() {
        return (int) ((offset - FileHeader.DATA_START) * 8 / capacity);
    }

    void append(ByteBuffer frames) throws IOException {
        int length = frames.remaining();
        source.file().write(frames, offset);
        offset += length;
    }

    void force() throws IOException {
        source.file().force();
    }

    void close() throws IOException {
        source.close();
    }
}
