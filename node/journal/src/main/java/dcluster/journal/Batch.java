package dcluster.journal;

import dcluster.codec.ByteWriter;
import dcluster.spi.Limits;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Records that are written together, encoded in place: those of one turn, or one piece of a compaction. Filled by one
 * thread, then handed to the journal, which computes the checksums, and to the next turn after {@link #clear}.
 *
 * <pre>
 *  0                 32
 * +-----------------+--------+------+--------+------+-- -
 * | room for a mark | header | body | header | body | ...
 * +-----------------+--------+------+--------+------+-- -
 * </pre>
 */
public final class Batch {
    private static final int KEPT_BYTES = Limits.CHUNK_BYTES;
    private static final int NONE = -1;

    private final ByteWriter out = new ByteWriter(4 << 10);
    private final CRC32C crc = new CRC32C();
    private int open = NONE;
    private int records;

    public Batch() {
        out.skip(Frames.MARK_BYTES);
    }

    /** Starts a record and returns the writer for its body, to be followed by {@link #end}. */
    public ByteWriter begin() {
        requireState(open == NONE, "a record is begun already");
        open = out.skip(Frames.HEADER_BYTES);
        return out;
    }

    /**
     * Ends the record.
     *
     * @throws IllegalArgumentException if it exceeds {@link Limits#MAX_FRAME_BYTES}; the batch is then as it was
     *     before it
     */
    public void end() {
        requireState(open != NONE, "no record is begun");
        int start = open;
        open = NONE;
        int length = out.size() - start - Frames.HEADER_BYTES;
        if (length > Limits.MAX_FRAME_BYTES) {
            out.truncate(start);
            throw new IllegalArgumentException(
                    "a journal record has " + length + " bytes, the limit is " + Limits.MAX_FRAME_BYTES);
        }
        out.setInt(start + 4, Frames.word(Frames.RECORD, length));
        records++;
    }

    public boolean isEmpty() {
        return records == 0;
    }

    /** What its records take in the journal, frame headers included. */
    public int bytes() {
        return out.size() - Frames.MARK_BYTES;
    }

    public int records() {
        return records;
    }

    /** Forgets the records, and all memory but a quarter of a mebibyte. */
    public void clear() {
        open = NONE;
        records = 0;
        out.clear(KEPT_BYTES);
        out.skip(Frames.MARK_BYTES);
    }

    /** All frames after one of a kind that carries a mark, ready to be written at the mark's position. */
    ByteBuffer after(int kind, Mark mark, long salt) {
        Frames.setMark(out, 0, kind, mark);
        check(0, salt, mark);
        return ByteBuffer.wrap(out.array(), 0, out.size());
    }

    /** The frames alone, ready to be written at a position of a state. */
    ByteBuffer at(long position, long salt) {
        check(Frames.MARK_BYTES, salt, new Mark(position, 0, 0));
        return ByteBuffer.wrap(out.array(), Frames.MARK_BYTES, bytes());
    }

    /** Sets the checks of the frames from an offset on, the first of which goes to the mark's position. */
    private void check(int from, long salt, Mark mark) {
        requireState(open == NONE, "a record is not ended");
        byte[] array = out.array();
        int at = from;
        while (at < out.size()) {
            int word = Frames.intAt(array, at + 4);
            int length = Frames.length(word);
            long incarnation = Frames.kind(word) == Frames.RECORD ? mark.incarnation() : 0;
            int whitening = Frames.whitening(salt, mark.position() + (at - from), incarnation);
            out.setInt(at, Frames.check(crc, array, at, length) ^ whitening);
            at += Frames.HEADER_BYTES + length;
        }
    }

    private static void requireState(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
