package dcluster.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** An immutable string of bytes: keys and values travel as these, from the client's socket to the journal. */
public final class Bytes implements Comparable<Bytes> {
    /** The string of no bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final int SHOWN = 64;

    private final byte[] content;
    private int hash;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of the whole array. */
    public static Bytes copyOf(byte[] source) {
        return copyOf(source, 0, source.length);
    }

    /**
     * A copy of {@code length} bytes from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if the array does not hold them
     */
    public static Bytes copyOf(byte[] source, int offset, int length) {
        if (length == 0) {
            return EMPTY;
        }
        return new Bytes(
                Arrays.copyOfRange(source, offset, Objects.checkFromIndexSize(offset, length, source.length) + length));
    }

    /** The UTF-8 form of a text. */
    public static Bytes utf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    /** The byte at an index from 0. */
    public byte at(int index) {
        return content[index];
    }

    /** Copies all bytes into {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(content, 0, target, offset, content.length);
    }

    public byte[] toArray() {
        return content.clone();
    }

    /** A read-only view, for channels. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /** The bytes read as UTF-8, what is not UTF-8 replaced. */
    public String toUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Byte by byte, unsigned; the shorter first where one begins the other. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Bytes that && Arrays.equals(content, that.content));
    }

    /** The same on every virtual machine: {@link Arrays#hashCode(byte[])}. */
    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(content);
        }
        return hash;
    }

    /** For people: printable ASCII as it is, other bytes as {@code \xNN}, cut after 64 bytes. */
    @Override
    public String toString() {
        if (content.length <= SHOWN && isPlain()) {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
        var text = new StringBuilder();
        int shown = Math.min(content.length, SHOWN);
        for (int i = 0; i < shown; i++) {
            char c = (char) (content[i] & 0xff);
            if (isPlain(c)) {
                text.append(c);
            } else {
                text.append(String.format("\\x%02x", (int) c));
            }
        }
        return shown < content.length ? text + "... (" + content.length + " bytes)" : text.toString();
    }

    private boolean isPlain() {
        for (byte each : content) {
            if (!isPlain((char) (each & 0xff))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '\\';
    }
}
