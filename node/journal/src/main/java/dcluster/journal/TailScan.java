package dcluster.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Looks through the bytes behind the last good frame of a file: what do marks among them claim to have been durable?
 * A mark may stand at any offset, because the frames before it may be gone.
 */
final class TailScan {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int MARK_WORD = Frames.word(Frames.MARK, Frames.MARK_BODY_BYTES);
    private static final int SEAL_WORD = Frames.word(Frames.SEAL, Frames.MARK_BODY_BYTES);

    private final JournalFile source;
    private final long start;
    private final CRC32C crc = new CRC32C();
    private final byte[] buffer;
    private long end;
    private long durable;

    private TailScan(JournalFile source, long start) throws IOException {
        this.source = source;
        this.start = start;
        this.buffer = new byte
                [(int) Math.min(BUFFER_BYTES, Frames.MARK_BYTES + source.file().size())];
        this.end = start;
    }

    /** Scans from an offset to the file's end. */
    static TailScan of(JournalFile source, long start) throws IOException {
        var scan = new TailScan(source, start);
        scan.run();
        return scan;
    }

    /** How many bytes lie between where the scan began and the end of the last that is not zero. */
    long bytes() {
        return end - start;
    }

    /** The greatest position that a valid mark claims to be durable; 0 if there is none. */
    long durable() {
        return durable;
    }

    /** Makes the bytes zero, and the whole file durable as it is now. */
    void erase() throws IOException {
        source.zero(start, end);
    }

    private void run() throws IOException {
        long offset = start;
        int kept = 0;
        int read;
        do {
            read = source.file().read(ByteBuffer.wrap(buffer, kept, buffer.length - kept), offset + kept);
            int limit = kept + read;
            if (!JournalFile.isZero(buffer, limit)) {
                examine(offset, limit);
            }
            // A mark may lie across the edge of the buffer: all but its last byte is looked at again.
            kept = Math.min(limit, Frames.MARK_BYTES - 1);
            System.arraycopy(buffer, limit - kept, buffer, 0, kept);
            offset += limit - kept;
        } while (read > 0);
    }

    private void examine(long offset, int limit) {
        int last = limit - 1;
        while (buffer[last] == 0) {
            last--;
        }
        end = Math.max(end, offset + last + 1);
        for (int at = 0; at + Frames.MARK_BYTES <= limit; at++) {
            int word = Frames.intAt(buffer, at + 4);
            if (word == MARK_WORD || word == SEAL_WORD) {
                examineMark(at);
            }
        }
    }

    private void examineMark(int at) {
        var mark = Frames.markAt(buffer, at);
        int whitening = Frames.whitening(source.header().salt(), mark.position(), 0);
        int expected = Frames.check(crc, buffer, at, Frames.MARK_BODY_BYTES) ^ whitening;
        if (Frames.intAt(buffer, at) == expected) {
            durable = Math.max(durable, mark.durable());
        }
    }
}
