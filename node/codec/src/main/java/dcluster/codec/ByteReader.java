package dcluster.codec;

import dcluster.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Reads what {@link ByteWriter} wrote; whatever does not fit ends in a {@link MalformedMessageException}. */
public final class ByteReader {
    private final byte[] array;
    private final int start;
    private final int end;
    private int position;

    // Kept for Codec: what is read now, and what the counts read so far have spoken for.
    private int depth;
    private int claimed;

    public ByteReader(byte[] array) {
        this(array, 0, array.length);
    }

    /** Reads {@code length} bytes of the array from {@code offset} on; the array must not change meanwhile. */
    public ByteReader(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        this.array = array;
        this.start = offset;
        this.end = offset + length;
        this.position = offset;
    }

    /** Bytes read so far. */
    public int offset() {
        return position - start;
    }

    public int remaining() {
        return end - position;
    }

    public byte readByte() {
        require(1);
        return array[position++];
    }

    public int readInt() {
        require(4);
        int value = (array[position] & 0xff) << 24
                | (array[position + 1] & 0xff) << 16
                | (array[position + 2] & 0xff) << 8
                | (array[position + 3] & 0xff);
        position += 4;
        return value;
    }

    public long readLong() {
        return (long) readInt() << 32 | (readInt() & 0xffffffffL);
    }

    /** Reads an unsigned varint in its only legal, shortest form. */
    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                if ((next == 0 && shift > 0) || (shift == 63 && next > 1)) {
                    throw malformed("a varint is not in its shortest form");
                }
                return value;
            }
        }
        throw malformed("a varint has more than ten bytes");
    }

    /**
     * Reads a count of things that take at least {@code leastBytesEach}, so it is never more than the rest could hold.
     */
    public int readCount(int leastBytesEach) {
        long count = readVarLong();
        if (count < 0 || count > remaining() / Math.max(1, leastBytesEach)) {
            throw malformed("a count of " + Long.toUnsignedString(count) + " with " + remaining() + " bytes left");
        }
        return (int) count;
    }

    /** Reads a signed number as a zigzag varint: 0, -1, 1, -2 and so on are written as 0, 1, 2, 3. */
    public long readSignedVarLong() {
        long zigzag = readVarLong();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    public Bytes readBytes(int length) {
        require(length);
        var bytes = Bytes.copyOf(array, position, length);
        position += length;
        return bytes;
    }

    /** Reads {@code length} bytes as UTF-8 in its only legal, shortest form. */
    String readUtf8(int length) {
        require(length);
        var text = new String(array, position, length, StandardCharsets.UTF_8);
        // What is not UTF-8 was replaced by U+FFFD, which may also stand there by right.
        if (text.indexOf('\ufffd') >= 0
                && !Arrays.equals(
                        text.getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(array, position, position + length))) {
            throw malformed("a text is not UTF-8");
        }
        position += length;
        return text;
    }

    /** A hash of the next {@code length} bytes, which are not read by this. */
    int hashAhead(int length) {
        require(length);
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + array[position + i];
        }
        return hash;
    }

    /** Reads a text's bytes if they come next. */
    boolean skipIfNext(String ascii) {
        if (ascii.length() > remaining()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (array[position + i] != ascii.charAt(i)) {
                return false;
            }
        }
        position += ascii.length();
        return true;
    }

    /** Demands that nothing is left. */
    public void end() {
        if (remaining() > 0) {
            throw malformed(remaining() + " bytes too many");
        }
    }

    /** An exception that names the current offset. */
    public MalformedMessageException malformed(String reason) {
        return new MalformedMessageException(reason, offset());
    }

    /** Begins with a value that stands in no other. */
    void beginValue() {
        depth = 0;
        claimed = 0;
    }

    /** Descends into a record. */
    void enter() {
        if (++depth > Codec.MAX_DEPTH) {
            throw malformed("records are nested more than " + Codec.MAX_DEPTH + " deep");
        }
    }

    void leave() {
        depth--;
    }

    /**
     * Reads a count of elements, each of which takes at least one byte. No byte can be claimed by two counts, however
     * they are nested, so whatever is allocated by count is in proportion to the input. {@link #release} gives one
     * claim up.
     */
    int claimCount() {
        long count = readVarLong();
        if (count < 0 || count > (long) remaining() - claimed) {
            throw malformed("a count of " + Long.toUnsignedString(count) + " with " + remaining() + " bytes left, "
                    + claimed + " of them claimed");
        }
        claimed += (int) count;
        return (int) count;
    }

    /** To be called before each element of a claimed count is read. */
    void release() {
        claimed--;
    }

    private void require(int count) {
        if (count < 0 || count > remaining()) {
            throw malformed(count + " bytes expected, " + remaining() + " left");
        }
    }
}
