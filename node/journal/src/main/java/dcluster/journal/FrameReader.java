package dcluster.journal;

import dcluster.codec.ByteReader;
import dcluster.spi.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads the frames of one file in order, up to the first that is not valid. Its memory is a fixed buffer, grown only
 * for a frame that the file is long enough to hold.
 */
final class FrameReader {
    private static final int BUFFER_BYTES = 256 << 10;

    private final JournalFile source;
    private final long size;
    private final long positionAtStart;
    private final CRC32C crc = new CRC32C();

    // The window of the file that the buffer holds, and the current frame in it.
    private byte[] buffer;
    private long windowStart = FileHeader.DATA_START;
    private int windowLength;
    private int at;
    private int word;
    private int next;
    private String problem = "";

    // Of the last mark.
    private long incarnation;

    FrameReader(JournalFile source, long positionAtStart) throws IOException {
        this.source = source;
        this.size = source.file().size();
        this.positionAtStart = positionAtStart;
        this.buffer = new byte[(int) Math.min(BUFFER_BYTES, size)];
    }

    /** Goes to the next frame; false if there is no valid one, for which {@link #problem} gives the reason. */
    boolean next() throws IOException {
        at = next;
        if (!available(Frames.HEADER_BYTES)) {
            return bad("the file ends");
        }
        word = Frames.intAt(buffer, at + 4);
        int length = length();
        if (word == 0) {
            return bad("no frame, but zeros");
        }
        if (!plausible(kind(), length) || !available(Frames.HEADER_BYTES + length)) {
            return bad("no frame has kind " + kind() + " and " + length + " bytes here");
        }
        if (Frames.intAt(buffer, at) != expectedCheck()) {
            return bad("a frame of " + length + " bytes fails its checksum");
        }
        if (kind() != Frames.RECORD) {
            long marked = mark().incarnation();
            if (marked < incarnation) {
                return bad("a mark of incarnation " + marked + " behind one of " + incarnation);
            }
            incarnation = marked;
        }
        next = at + Frames.HEADER_BYTES + length;
        return true;
    }

    private int expectedCheck() {
        long writer = kind() == Frames.RECORD ? incarnation : 0;
        return Frames.check(crc, buffer, at, length())
                ^ Frames.whitening(source.header().salt(), position(), writer);
    }

    int kind() {
        return Frames.kind(word);
    }

    private int length() {
        return Frames.length(word);
    }

    /** The current record, valid until {@link #next}. */
    ByteReader body() {
        return new ByteReader(buffer, at + Frames.HEADER_BYTES, length());
    }

    /** What the current frame says that is no record. */
    Mark mark() {
        return Frames.markAt(buffer, at);
    }

    /** Where in the file the current frame begins, or the one that is not valid. */
    long offset() {
        return windowStart + at;
    }

    /** Where in the journal. */
    long position() {
        return positionAtStart + offset() - FileHeader.DATA_START;
    }

    /** Where in the journal the next frame begins. */
    long nextPosition() {
        return positionAtStart + windowStart + next - FileHeader.DATA_START;
    }

    /** Why the last {@link #next} was false. */
    String problem() {
        return problem;
    }

    /** Whether the file ends where the current frame does. */
    boolean isLast() {
        return windowStart + next == size;
    }

    private boolean bad(String reason) {
        problem = reason;
        return false;
    }

    private static boolean plausible(int kind, int length) {
        return switch (kind) {
            case Frames.RECORD -> length <= Limits.MAX_FRAME_BYTES;
            case Frames.MARK, Frames.SEAL, Frames.END -> length == Frames.MARK_BODY_BYTES;
            default -> false;
        };
    }

    /** Has the buffer hold {@code count} bytes of the current frame, if the file does. */
    private boolean available(int count) throws IOException {
        if (at + count <= windowLength) {
            return true;
        }
        if (offset() + count > size) {
            return false;
        }
        refill(count);
        return count <= windowLength;
    }

    private void refill(int count) throws IOException {
        int kept = windowLength - at;
        byte[] target = count > buffer.length ? Arrays.copyOf(buffer, count) : buffer;
        System.arraycopy(buffer, at, target, 0, kept);
        buffer = target;
        windowStart += at;
        at = 0;
        next = 0;
        int room = (int) Math.min(buffer.length - kept, size - windowStart - kept);
        windowLength = kept + source.file().read(ByteBuffer.wrap(buffer, kept, room), windowStart + kept);
    }
}
