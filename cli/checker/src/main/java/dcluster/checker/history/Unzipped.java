package dcluster.checker.history;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * What a gzip stream holds (RFC 1952): all of its members, one after the other, to the very end. Unlike Java's own
 * stream it neither takes a pause of a pipe for the end nor passes over what follows a member and is none. A header is
 * read with the first byte that is asked for, so that whoever reads hears if it is cut or bad.
 *
 * <pre>
 * +-------+---+-------+-------+---+----+--------- -+-------------+-------+--------+
 * | magic | 8 | flags | time  | x | os | by flags   | deflated    | CRC32 | length |
 * | 2     | 1 | 1     | 4     | 1 | 1  |            |             | 4     | 4      |
 * +-------+---+-------+-------+---+----+--------- -+-------------+-------+--------+
 * </pre>
 */
final class Unzipped extends InputStream {
    private static final int FIRST_MAGIC = 0x1f;
    private static final int SECOND_MAGIC = 0x8b;
    private static final int DEFLATED = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int REST_OF_HEADER_BYTES = 6;

    private final byte[] buffer = new byte[1 << 16];
    private final PushbackInputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private int buffered;
    private boolean isInMember;

    Unzipped(InputStream in) {
        this.in = new PushbackInputStream(in, buffer.length);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (length > 0) {
            if (!isInMember && !begin()) {
                return -1;
            }
            int count = inflate(into, from, length);
            if (count > 0) {
                return count;
            }
        }
        return 0;
    }

    /** Reads the header of the next member; returns false if there is none. */
    private boolean begin() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        if (first != FIRST_MAGIC || next() != SECOND_MAGIC) {
            throw new ZipException("what follows is not compressed");
        }
        if (next() != DEFLATED) {
            throw new ZipException("an unknown method of compression");
        }
        int flags = next();
        skip(REST_OF_HEADER_BYTES);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        skipText(flags & NAME);
        skipText(flags & COMMENT);
        skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        inflater.reset();
        crc.reset();
        isInMember = true;
        return true;
    }

    private int inflate(byte[] into, int from, int length) throws IOException {
        if (inflater.needsInput() && !inflater.finished()) {
            int count = in.read(buffer, 0, buffer.length);
            if (count < 0) {
                throw new EOFException("cut in the middle of what is compressed");
            }
            buffered = count;
            inflater.setInput(buffer, 0, count);
        }
        try {
            int count = inflater.inflate(into, from, length);
            crc.update(into, from, count);
            if (count == 0 && inflater.finished()) {
                end();
            } else if (count == 0 && inflater.needsDictionary()) {
                throw new ZipException("a dictionary is needed");
            }
            return count;
        } catch (DataFormatException e) {
            throw new ZipException(String.valueOf(e.getMessage()));
        }
    }

    /** Reads what follows the last byte of a member, and compares. */
    private void end() throws IOException {
        int rest = inflater.getRemaining();
        in.unread(buffer, buffered - rest, rest);
        long check = nextInt();
        long length = nextInt();
        if (check != crc.getValue() || length != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("checksum or length do not fit");
        }
        isInMember = false;
    }

    private int next() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("cut in the header or at the end of what is compressed");
        }
        return read;
    }

    private long nextInt() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    /** A text ends with a zero. */
    private void skipText(int isThere) throws IOException {
        while (isThere != 0 && next() != 0) {
            // Nobody needs it.
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
