package dcluster.app.client;

import dcluster.spi.Bytes;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Reads replies one after the other. What is not RESP ends the reading with an exception; nothing large is believed.
 */
final class RespReader {
    private static final int MAX_LINE_BYTES = 64 << 10;
    private static final int MAX_BULK_BYTES = 64 << 20;
    private static final int MAX_ELEMENTS = 16 << 20;
    private static final int MAX_DEPTH = 8;

    private final DataInputStream in;

    RespReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    Reply read() throws IOException {
        return read(0);
    }

    private Reply read(int depth) throws IOException {
        int type = in.read();
        return switch (type) {
            case '+' -> new Reply.Simple(line());
            case '-' -> new Reply.ErrorLine(line());
            case ':' -> new Reply.Whole(number());
            case '$' -> bulk();
            case '*' -> many(depth);
            case -1 -> throw new EOFException("the node closed the connection");
            default -> throw new IOException("not a RESP reply: it begins with byte " + type);
        };
    }

    private Reply bulk() throws IOException {
        int length = length(MAX_BULK_BYTES);
        if (length < 0) {
            return new Reply.Nil();
        }
        var content = in.readNBytes(length);
        if (content.length < length || in.read() != '\r' || in.read() != '\n') {
            throw new EOFException("the node closed the connection in the middle of a reply");
        }
        return new Reply.Bulk(Bytes.copyOf(content));
    }

    private Reply many(int depth) throws IOException {
        int count = length(MAX_ELEMENTS);
        if (count < 0) {
            return new Reply.Nil();
        }
        if (depth == MAX_DEPTH) {
            throw new IOException("not a RESP reply: nested too deeply");
        }
        var elements = new ArrayList<Reply>();
        for (int i = 0; i < count; i++) {
            elements.add(read(depth + 1));
        }
        return new Reply.Many(elements);
    }

    private int length(int most) throws IOException {
        long length = number();
        if (length < -1 || length > most) {
            throw new IOException("not a RESP reply: a length of " + length);
        }
        return (int) length;
    }

    private long number() throws IOException {
        var line = line();
        try {
            return Long.parseLong(line);
        } catch (NumberFormatException e) {
            throw new IOException("not a RESP reply: '" + line + "' is no number", e);
        }
    }

    private String line() throws IOException {
        var line = new byte[128];
        int length = 0;
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the node closed the connection in the middle of a reply");
            }
            if (length == MAX_LINE_BYTES) {
                throw new IOException("not a RESP reply: a line without an end");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) next;
        }
        if (in.read() != '\n') {
            throw new IOException("not a RESP reply: a line that ends in CR alone");
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }
}
