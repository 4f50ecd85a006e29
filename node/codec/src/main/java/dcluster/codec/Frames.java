package dcluster.codec;

import dcluster.spi.Limits;
import java.util.zip.CRC32C;

/**
 * Frames, which cut a stream of bytes into messages and show what was damaged on the way.
 *
 * <pre>
 *  0               4               8                 8 + length
 *  +---------------+---------------+----------------------------+
 *  | length        | checksum      | body                       |
 *  +---------------+---------------+----------------------------+
 *  length    bytes of the body, big-endian, 1 to {@link Limits#MAX_FRAME_BYTES}
 *  checksum  CRC-32C of the body, big-endian
 * </pre>
 *
 * <p>A body is not empty, so zeros are never a frame. A length that was damaged within its bounds shows as a wrong
 * checksum, once that many bytes have come. {@link FrameReader} reads what is written here.
 */
public final class Frames {
    /** What stands before a body. */
    public static final int HEADER_BYTES = 8;

    private Frames() {}

    /** Leaves room for a header; the body is to be appended now. Returns where the frame begins, for {@link #end}. */
    public static int begin(ByteWriter out) {
        return out.skip(HEADER_BYTES);
    }

    /**
     * Completes the frame that begins at {@code start}: its body is everything after the header.
     *
     * @throws IllegalStateException if the body is empty or larger than {@link Limits#MAX_FRAME_BYTES}; the frame
     *     is not complete then, and {@link ByteWriter#truncate} to its start takes it back
     */
    public static void end(ByteWriter out, int start) {
        int length = out.size() - start - HEADER_BYTES;
        if (!isLength(length)) {
            throw new IllegalStateException(
                    "a frame's body has 1 to " + Limits.MAX_FRAME_BYTES + " bytes, not " + length);
        }
        out.setInt(start, length);
        out.setInt(start + 4, checksum(out.array(), start + HEADER_BYTES, length));
    }

    /** The CRC-32C (RFC 3720, appendix B.4) of a part of an array. */
    public static int checksum(byte[] array, int offset, int length) {
        var crc = new CRC32C();
        crc.update(array, offset, length);
        return (int) crc.getValue();
    }

    static boolean isLength(int length) {
        return length >= 1 && length <= Limits.MAX_FRAME_BYTES;
    }
}
