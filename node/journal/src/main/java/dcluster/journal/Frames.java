package dcluster.journal;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The frames that a journal's files are made of, big-endian, without gaps:
 *
 * <pre>
 *  0         4                   8                    8 + length
 * +---------+------+------------+--------------------+
 * | check   | kind | length     | body               |
 * | 32 bits | 4    | 28 bits    | length bytes       |
 * +---------+------+------------+--------------------+
 *
 * body of MARK, SEAL and END:   of RECORD: what the caller encoded, 0 to MAX_FRAME_BYTES
 * +----------+-----------+-------------+
 * | position | durable   | incarnation |
 * | 64 bits  | 64        | 64          |
 * +----------+-----------+-------------+
 * </pre>
 *
 * A kind of 0 is no frame: preallocated space is zero, so zeros end the data. The check is the CRC32C of kind, length
 * and body, exclusive-or 32 bits mixed from the file's random salt, the frame's position and, for a record, the
 * incarnation of the mark before it. So a frame is valid at its own place in its own file alone, behind its own mark:
 * neither what an earlier life of the node left behind nor bytes that a client chose pass for one.
 */
final class Frames {
    /** Of one record. */
    static final int RECORD = 1;
    /**
     * At the head of each write: its own position and the position below which everything was durable when it was
     * issued.
     */
    static final int MARK = 2;
    /** The last frame of a segment: the journal goes on in the next, whose file is durable already. A mark, too. */
    static final int SEAL = 3;
    /** The last frame of a state file, which is whole if this is there. */
    static final int END = 4;

    static final int HEADER_BYTES = 8;
    static final int MARK_BODY_BYTES = 24;
    static final int MARK_BYTES = HEADER_BYTES + MARK_BODY_BYTES;

    private static final int LENGTH_MASK = (1 << 28) - 1;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Frames() {}

    /** Kind and length as the header holds them. */
    static int word(int kind, int length) {
        return kind << 28 | length;
    }

    static int kind(int word) {
        return word >>> 28;
    }

    static int length(int word) {
        return word & LENGTH_MASK;
    }

    static int intAt(byte[] array, int offset) {
        return (int) INT.get(array, offset);
    }

    /**
     * The check of the frame of {@code length} body bytes whose header begins at {@code offset}; its word must be
     * there.
     */
    static int check(CRC32C crc, byte[] array, int offset, int length) {
        crc.reset();
        crc.update(array, offset + 4, 4 + length);
        return (int) crc.getValue();
    }

    /**
     * What the check of a record is combined with at a position of a file, for other frames with incarnation 0:
     * theirs is in the body. Stafford's thirteenth mixer, folded.
     */
    static int whitening(long salt, long position, long incarnation) {
        long z = salt + position * 0x9e3779b97f4a7c15L + incarnation * 0xd1342543de82ef95L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return (int) (z ^ (z >>> 31) ^ (z >>> 32));
    }

    /** Sets a whole MARK, SEAL or END frame into room left for it. */
    static void setMark(ByteWriter out, int offset, int kind, Mark mark) {
        out.setInt(offset + 4, word(kind, MARK_BODY_BYTES));
        out.setLong(offset + 8, mark.position());
        out.setLong(offset + 16, mark.durable());
        out.setLong(offset + 24, mark.incarnation());
    }

    static Mark markAt(byte[] array, int offset) {
        var in = new ByteReader(array, offset + HEADER_BYTES, MARK_BODY_BYTES);
        return new Mark(in.readLong(), in.readLong(), in.readLong());
    }
}
