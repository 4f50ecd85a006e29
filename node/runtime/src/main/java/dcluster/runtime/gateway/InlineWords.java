package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as Redis does. Words are parted by blanks. In double quotes a backslash begins {@code \n},
 * {@code \r}, {@code \t}, {@code \b}, {@code \a} or {@code \xHH}, or stands for the character behind it; in single
 * quotes only {@code \'} means more than itself. A blank or the line's end follows a closing quote.
 */
final class InlineWords {
    private final byte[] line;
    private final int end;
    private int position;

    private final byte[] word;
    private int length;

    private InlineWords(byte[] line, int start, int end) {
        this.line = line;
        this.end = end;
        position = start;
        word = new byte[end - start];
    }

    /** The words of {@code line} from {@code start} to {@code end}, its line feed, excluded. */
    static List<Bytes> split(byte[] line, int start, int end) throws ProtocolException {
        int stop = end > start && line[end - 1] == '\r' ? end - 1 : end;
        return new InlineWords(line, start, stop).words();
    }

    private List<Bytes> words() throws ProtocolException {
        var words = new ArrayList<Bytes>();
        skipBlanks();
        while (position < end) {
            length = 0;
            readWord();
            words.add(Bytes.copyOf(word, 0, length));
            skipBlanks();
        }
        return words;
    }

    private void readWord() throws ProtocolException {
        while (position < end && !isBlank(line[position])) {
            byte next = line[position++];
            if (next == '"') {
                readDoubleQuoted();
            } else if (next == '\'') {
                readSingleQuoted();
            } else {
                word[length++] = next;
            }
        }
    }

    private void readDoubleQuoted() throws ProtocolException {
        while (position < end) {
            byte next = line[position++];
            if (next == '"') {
                checkClosed();
                return;
            }
            word[length++] = next == '\\' && position < end ? escaped() : next;
        }
        throw unbalanced();
    }

    private byte escaped() {
        byte letter = line[position++];
        if (letter == 'x' && position + 2 <= end && hex(position) >= 0 && hex(position + 1) >= 0) {
            position += 2;
            return (byte) (hex(position - 2) << 4 | hex(position - 1));
        }
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> letter;
        };
    }

    private int hex(int offset) {
        return Character.digit(line[offset], 16);
    }

    private void readSingleQuoted() throws ProtocolException {
        while (position < end) {
            byte next = line[position++];
            if (next == '\'') {
                checkClosed();
                return;
            }
            boolean quote = next == '\\' && position < end && line[position] == '\'';
            word[length++] = quote ? line[position++] : next;
        }
        throw unbalanced();
    }

    private void checkClosed() throws ProtocolException {
        if (position < end && !isBlank(line[position])) {
            throw unbalanced();
        }
    }

    private void skipBlanks() {
        while (position < end && isBlank(line[position])) {
            position++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r') || b == 0;
    }

    private static ProtocolException unbalanced() {
        return new ProtocolException("unbalanced quotes in request");
    }
}
