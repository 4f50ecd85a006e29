package dcluster.codec;

import dcluster.spi.Bytes;
import java.util.Objects;

/** Reads what {@link ByteWriter} wrote; whatever does not fit ends in a {@link MalformedMessageException}. */
public final class ByteReader {
    private final byte[] array;
    private final int start;
    private final int end;
    private int position;

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

    /** Reads a count of things that take at least {@code leastBytesEach}, so it is never more than the rest could hold. */
    public int readCount(int leastBytesEach) {
        long count = readVarLong();
        if (count < 0 || count > remaining() / Math.max(1, leastBytesEach)) {
            throw malformed("a count of " + Long.toUnsignedString(count) + " with " + remaining() + " bytes left");
        }
        return (int) count;
    }

    public Bytes readBytes(int length) {
        require(length);
        var bytes = Bytes.copyOf(array, position, length);
        position += length;
        return bytes;
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

    private void require(int count) {
        if (count < 0 || count > remaining()) {
            throw malformed(count + " bytes expected, " + remaining() + " left");
        }
    }
}
