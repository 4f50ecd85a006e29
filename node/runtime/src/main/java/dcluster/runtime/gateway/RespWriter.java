package dcluster.runtime.gateway;

import dcluster.codec.ByteWriter;
import dcluster.spi.Bytes;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Replies in RESP2, one behind the other: those that one client gets in one turn of the loop. */
final class RespWriter {
    private static final int KEPT_BYTES = 16 << 10;
    private static final byte[] OK = ascii("+OK\r\n");
    private static final byte[] ABSENT = ascii("$-1\r\n");
    private static final byte[] NO_ARRAY = ascii("*-1\r\n");
    private static final byte[] LINE_END = ascii("\r\n");

    private final ByteWriter bytes = new ByteWriter(512);
    private final byte[] digits = new byte[20];

    int size() {
        return bytes.size();
    }

    void ok() {
        raw(OK);
    }

    /** A short text without line ends. */
    void simple(String text) {
        bytes.writeByte('+');
        line(text);
    }

    /** An error: its prefix in capitals, a blank, a sentence. Line ends, which would end the reply, become blanks. */
    void error(String text) {
        bytes.writeByte('-');
        line(text);
    }

    void number(long value) {
        header(':', value);
    }

    void bulk(Bytes value) {
        header('$', value.size());
        bytes.write(value);
        raw(LINE_END);
    }

    void bulk(String text) {
        bulk(Bytes.utf8(text));
    }

    /** What stands for a value that is not there. */
    void absent() {
        raw(ABSENT);
    }

    /** What stands for an array that is not there. */
    void noArray() {
        raw(NO_ARRAY);
    }

    /** The head of an array; that many replies follow. */
    void array(int count) {
        header('*', count);
    }

    /** A copy of all that was written. */
    Buffer toBuffer() {
        return Buffer.buffer(bytes.size()).appendBytes(bytes.array(), 0, bytes.size());
    }

    /** Forgets what was written, and the memory that an unusually large reply took. */
    void clear() {
        bytes.clear(KEPT_BYTES);
    }

    private void header(char type, long value) {
        bytes.writeByte(type);
        if (value == Long.MIN_VALUE) {
            line(Long.toString(value));
            return;
        }
        int start = digits.length;
        long rest = Math.abs(value);
        do {
            digits[--start] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--start] = '-';
        }
        bytes.write(digits, start, digits.length - start);
        raw(LINE_END);
    }

    private void line(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.writeByte(b == '\r' || b == '\n' ? ' ' : b);
        }
        raw(LINE_END);
    }

    private void raw(byte[] source) {
        bytes.write(source, 0, source.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
