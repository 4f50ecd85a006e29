package dcluster.codec;

import dcluster.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types that hold no others, each value in its only form: what would be a second form of it is malformed. */
final class Leaves {
    private static final Map<Class<?>, Shape> SHAPES = Map.ofEntries(
            Map.entry(boolean.class, leaf("Boolean", boolean.class)),
            Map.entry(Boolean.class, leaf("Boolean", boolean.class).boxed(Boolean.class)),
            Map.entry(byte.class, leaf("Byte", byte.class)),
            Map.entry(short.class, leaf("Short", short.class)),
            Map.entry(int.class, leaf("Int", int.class)),
            Map.entry(Integer.class, leaf("Int", int.class).boxed(Integer.class)),
            Map.entry(long.class, leaf("Long", long.class)),
            Map.entry(Long.class, leaf("Long", long.class).boxed(Long.class)),
            Map.entry(double.class, leaf("Double", double.class)),
            Map.entry(String.class, leaf("String", String.class)),
            Map.entry(Bytes.class, leaf("Bytes", Bytes.class)),
            Map.entry(Duration.class, leaf("Duration", Duration.class)));

    private Leaves() {}

    private static Shape leaf(String what, Class<?> type) {
        return Shape.ofStatic(Leaves.class, what, type);
    }

    /** The shape of a type that holds no others; null if it is not one of them. */
    static @Nullable Shape shape(Class<?> type) {
        return SHAPES.get(type);
    }

    static void writeBoolean(boolean value, ByteWriter out) {
        out.writeByte(value ? 1 : 0);
    }

    static boolean readBoolean(ByteReader in) {
        byte value = in.readByte();
        if (value < 0 || value > 1) {
            throw in.malformed("a truth value is 0 or 1, not " + value);
        }
        return value == 1;
    }

    static void writeByte(byte value, ByteWriter out) {
        out.writeByte(value);
    }

    static byte readByte(ByteReader in) {
        return in.readByte();
    }

    static void writeShort(short value, ByteWriter out) {
        out.writeSignedVarLong(value);
    }

    static short readShort(ByteReader in) {
        long value = in.readSignedVarLong();
        if (value != (short) value) {
            throw in.malformed("beyond the range of a short: " + value);
        }
        return (short) value;
    }

    static void writeInt(int value, ByteWriter out) {
        out.writeSignedVarLong(value);
    }

    static int readInt(ByteReader in) {
        long value = in.readSignedVarLong();
        if (value != (int) value) {
            throw in.malformed("beyond the range of an int: " + value);
        }
        return (int) value;
    }

    static void writeLong(long value, ByteWriter out) {
        out.writeSignedVarLong(value);
    }

    static long readLong(ByteReader in) {
        return in.readSignedVarLong();
    }

    static void writeDouble(double value, ByteWriter out) {
        out.writeLong(Double.doubleToRawLongBits(value));
    }

    static double readDouble(ByteReader in) {
        return Double.longBitsToDouble(in.readLong());
    }

    static void writeBytes(Bytes value, ByteWriter out) {
        out.writeVarLong(value.size());
        out.write(value);
    }

    static Bytes readBytes(ByteReader in) {
        return in.readBytes(in.readCount(1));
    }

    static void writeString(String value, ByteWriter out) {
        requireUnicode(value);
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.writeVarLong(utf8.length);
        out.write(utf8, 0, utf8.length);
    }

    static String readString(ByteReader in) {
        return in.readUtf8(in.readCount(1));
    }

    // Half a surrogate pair has no form in UTF-8; it would arrive as a question mark, and no one would notice.
    private static void requireUnicode(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException("a text holds half a surrogate pair at index " + i);
            }
        }
    }

    static void writeDuration(Duration value, ByteWriter out) {
        out.writeSignedVarLong(value.getSeconds());
        out.writeVarLong(value.getNano());
    }

    static Duration readDuration(ByteReader in) {
        long seconds = in.readSignedVarLong();
        long nanos = in.readVarLong();
        if (nanos < 0 || nanos > 999_999_999) {
            throw in.malformed("more nanoseconds than a second has: " + Long.toUnsignedString(nanos));
        }
        return Duration.ofSeconds(seconds, nanos);
    }
}
