package dcluster.checker.history;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/** The lines of a stream, one at a time, in a buffer that the next one overwrites. */
final class Lines {
    /** The longest line that is read, in bytes. */
    static final int LONGEST = 16 << 20;

    private static final int CHUNK = 64 << 10;

    private final InputStream in;
    private final String name;
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int end;
    private int from;
    private int length;
    private int number;
    private boolean exhausted;
    private boolean torn;
    private boolean whole;

    /** {@code name} is the stream's name in errors. */
    Lines(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /** Goes to the next line, if there is one. */
    boolean next() throws IOException {
        int scanned = start;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    take(i, true);
                    return true;
                }
            }
            scanned = end;
            if (exhausted) {
                break;
            }
            int moved = fill();
            scanned -= moved;
        }
        if (start == end) {
            return false;
        }
        take(end, false);
        return true;
    }

    private void take(int newline, boolean isWhole) {
        from = start;
        length = newline - start;
        start = Math.min(newline + 1, end);
        whole = isWhole;
        number++;
    }

    /** Makes room and reads on; returns by how much the bytes that wait have moved to the front. */
    private int fill() throws IOException {
        int moved = start;
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end == buffer.length) {
            if (end >= LONGEST) {
                throw new BadHistoryException(name, number + 1, "longer than " + LONGEST + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = read();
        if (count < 0) {
            exhausted = true;
        } else {
            end += count;
        }
        return moved;
    }

    /** A compressed file whose writer was killed ends in the middle of a block; a damaged one says nothing. */
    private int read() throws IOException {
        try {
            return in.read(buffer, end, buffer.length - end);
        } catch (EOFException e) {
            torn = true;
            return -1;
        } catch (ZipException e) {
            throw new BadHistoryException(name, number + 1, "broken gzip: " + e.getMessage());
        }
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where the line begins in the buffer. */
    int from() {
        return from;
    }

    int length() {
        return length;
    }

    /** The number of the line, from 1. */
    int number() {
        return number;
    }

    /** Whether a line feed ended it. */
    boolean isWhole() {
        return whole;
    }

    /** Whether the stream ended where none may end. */
    boolean isTorn() {
        return torn;
    }
}
