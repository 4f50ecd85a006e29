package dcluster.codec;

import dcluster.spi.Bytes;
import java.util.Arrays;

/**
 * A growing buffer to encode into, big-endian, reused from turn to turn. Numbers that are mostly small are written as
 * varints: seven bits a byte, the lowest first, the top bit set on all but the last.
 */
public final class ByteWriter {
    private byte[] array;
    private int size;

    // Kept for Codec: how many records are open.
    private int depth;

    public ByteWriter(int capacity) {
        array = new byte[Math.max(16, capacity)];
    }

    public int size() {
        return size;
    }

    /** The backing array, valid until the next write; only its first {@link #size} bytes mean something. */
    public byte[] array() {
        return array;
    }

    /** Forgets all content from {@code newSize} on. */
    public void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IndexOutOfBoundsException("size=" + size + " truncated to=" + newSize);
        }
        size = newSize;
    }

    /** Forgets all content, and the memory beyond {@code keptCapacity} bytes with it. */
    public void clear(int keptCapacity) {
        size = 0;
        if (array.length > keptCapacity) {
            array = new byte[keptCapacity];
        }
    }

    public void writeByte(int value) {
        reserve(1);
        array[size++] = (byte) value;
    }

    public void writeInt(int value) {
        reserve(4);
        setInt(size, value);
        size += 4;
    }

    public void writeLong(long value) {
        writeInt((int) (value >>> 32));
        writeInt((int) value);
    }

    /** Writes an unsigned varint of one to ten bytes. */
    public void writeVarLong(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    /** Writes a signed number as a zigzag varint: 0, -1, 1, -2 and so on are written as 0, 1, 2, 3. */
    public void writeSignedVarLong(long value) {
        writeVarLong((value << 1) ^ (value >> 63));
    }

    /** Writes the bytes alone, without their count. */
    public void write(Bytes bytes) {
        reserve(bytes.size());
        bytes.copyTo(array, size);
        size += bytes.size();
    }

    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, array, size, length);
        size += length;
    }

    /** Leaves room for {@code count} bytes to be set later, and returns where it begins. */
    public int skip(int count) {
        reserve(count);
        int start = size;
        size += count;
        return start;
    }

    /** Overwrites four bytes at an offset below {@link #size}. */
    public void setInt(int offset, int value) {
        array[offset] = (byte) (value >>> 24);
        array[offset + 1] = (byte) (value >>> 16);
        array[offset + 2] = (byte) (value >>> 8);
        array[offset + 3] = (byte) value;
    }

    public void setLong(int offset, long value) {
        setInt(offset, (int) (value >>> 32));
        setInt(offset + 4, (int) value);
    }

    public byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    void beginValue() {
        depth = 0;
    }

    void enter() {
        if (++depth > Codec.MAX_DEPTH) {
            throw new IllegalArgumentException("records are nested more than " + Codec.MAX_DEPTH + " deep");
        }
    }

    void leave() {
        depth--;
    }

    private void reserve(int count) {
        int needed = Math.addExact(size, count);
        if (needed > array.length) {
            array = Arrays.copyOf(array, (int) Math.max(needed, Math.min(2L * array.length, Integer.MAX_VALUE - 8)));
        }
    }
}
