package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the requests in a client's bytes, however these are cut: RESP arrays of bulk strings, and lines of words for
 * people with a telnet. Requests are pulled one by one, so that whoever reads can stop in the middle of what arrived.
 *
 * <pre>
 * *3 CRLF                  an array: that many bulk strings follow
 * $3 CRLF SET CRLF         a bulk string: its length, its bytes whatever they are
 * $1 CRLF k CRLF
 * $2 CRLF hi CRLF
 * SET k "hi"\n             the same as a line: {@link InlineWords}
 * </pre>
 *
 * <p>Nothing is allocated on a header's say-so: what is held is at most twice what arrived. A request that is too large
 * in one of three ways is passed over and answered with an error, without closing:
 * <ul>
 *   <li>a bulk above {@link Limits#MAX_VALUE_BYTES};
 *   <li>words that together weigh more than {@link Limits#MAX_COMMAND_BYTES}, each counted with {@link #WORD_OVERHEAD}
 *       bytes for its encoding;
 *   <li>more than {@link #MAX_WORDS} words: many tiny words weigh little on the wire, but each costs some 60 bytes of
 *       heap, and a command of many keys is applied at one go, for which every other client of the node waits. 8,191
 *       pairs of an MSET are applied within some milliseconds; the bytes alone would allow half a million of them.
 * </ul>
 * Beyond {@link #MAX_SKIPPED_BYTES} and {@link #MAX_SKIPPED_WORDS} a header is no longer believed: a protocol error.
 */
final class RespParser {
    static final int MAX_WORDS = 16_384;
    static final int MAX_INLINE_BYTES = 64 << 10;
    static final int WORD_OVERHEAD = 16;
    static final int MAX_SKIPPED_BYTES = 512 << 20;
    static final int MAX_SKIPPED_WORDS = 1 << 20;

    private static final int MAX_HEADER_BYTES = 32;
    private static final byte[] NOTHING = {};

    // What arrived and was not read yet: from position to the end.
    private byte[] input = NOTHING;
    private int position;
    private int scanned;

    // The array that is being read; no words are left between requests.
    private int wordsLeft;
    private List<Bytes> words = List.of();
    private int requestBytes;
    private @Nullable String refusal;

    // Its bulk that is being read, of which some has arrived; -1 where its header is next.
    private int bulkLength = -1;
    private int bulkRead;
    private byte[] bulk = NOTHING;

    private boolean broken;

    /** Takes what arrived. The array is the parser's from now on. */
    void add(byte[] bytes) {
        if (position == input.length) {
            input = bytes;
        } else {
            byte[] joined = Arrays.copyOfRange(input, position, input.length + bytes.length);
            System.arraycopy(bytes, 0, joined, input.length - position, bytes.length);
            input = joined;
        }
        scanned = Math.max(0, scanned - position);
        position = 0;
    }

    /** The next request, or null until more has arrived. After {@link Incoming.Broken} nothing comes any more. */
    @Nullable
    Incoming next() {
        if (broken) {
            return null;
        }
        try {
            var found = read();
            trimInput();
            return found;
        } catch (ProtocolException problem) {
            broken = true;
            dropRequest();
            dropInput();
            return new Incoming.Broken("ERR Protocol error: " + problem.getMessage());
        }
    }

    /** The bytes that it holds: of a request that is not complete, and of what was not read yet. */
    long heldBytes() {
        return (long) requestBytes + bulk.length + input.length;
    }

    /** Whether bytes arrived that were not read. */
    boolean hasUnread() {
        return position < input.length;
    }

    /** Passes over the array that is being read, and lets go of what was kept of it. */
    void refuse(String error) {
        if (wordsLeft > 0 && refusal == null) {
            dropRequest();
            refusal = error;
        }
    }

    private @Nullable Incoming read() throws ProtocolException {
        while (wordsLeft == 0) {
            if (position == input.length) {
                return null;
            }
            if (input[position] != '*') {
                int end = lineEnd(MAX_INLINE_BYTES, "too big inline request");
                if (end < 0) {
                    return null;
                }
                var line = readInline(end);
                if (line != null) {
                    return line;
                }
            } else if (!readArrayHeader()) {
                return null;
            }
        }
        return readWords();
    }

    private @Nullable Incoming readInline(int end) throws ProtocolException {
        var found = InlineWords.split(input, position, end);
        int bytes = end - position;
        position = end + 1;
        if (found.isEmpty()) {
            return null;
        }
        return found.size() > MAX_WORDS
                ? new Incoming.Refused(tooManyWords(found.size()))
                : new Incoming.Request(found, bytes + WORD_OVERHEAD * found.size());
    }

    private boolean readArrayHeader() throws ProtocolException {
        int end = lineEnd(MAX_HEADER_BYTES, "too big mbulk count string");
        if (end < 0) {
            return false;
        }
        long count = readNumber(end, MAX_SKIPPED_WORDS, "invalid multibulk length");
        position = end + 1;
        if (count <= 0) {
            return true;
        }
        wordsLeft = (int) count;
        words = new ArrayList<>((int) Math.min(count, 8));
        if (count > MAX_WORDS) {
            refuse(tooManyWords(count));
        }
        return true;
    }

    private @Nullable Incoming readWords() throws ProtocolException {
        while (wordsLeft > 0) {
            if ((bulkLength < 0 && !readBulkHeader()) || !readBulk()) {
                return null;
            }
            wordsLeft--;
        }
        var result = refusal == null ? new Incoming.Request(words, requestBytes) : new Incoming.Refused(refusal);
        dropRequest();
        refusal = null;
        return result;
    }

    private boolean readBulkHeader() throws ProtocolException {
        if (position < input.length && input[position] != '$') {
            throw new ProtocolException("expected '$', got '" + printable(input[position]) + "'");
        }
        int end = lineEnd(MAX_HEADER_BYTES, "too big bulk count string");
        if (end < 0) {
            return false;
        }
        long length = readNumber(end, MAX_SKIPPED_BYTES, "invalid bulk length");
        if (length < 0) {
            throw new ProtocolException("invalid bulk length");
        }
        position = end + 1;
        bulkLength = (int) length;
        bulkRead = 0;
        if (length > Limits.MAX_VALUE_BYTES) {
            refuse("ERR a value of " + length + " bytes is above the limit of " + Limits.MAX_VALUE_BYTES);
        } else if (requestBytes + length + WORD_OVERHEAD > Limits.MAX_COMMAND_BYTES) {
            refuse("ERR the request is above the limit of " + Limits.MAX_COMMAND_BYTES + " bytes");
        }
        return true;
    }

    private boolean readBulk() throws ProtocolException {
        int arrived = Math.min(input.length - position, bulkLength - bulkRead);
        boolean whole = bulkRead == 0 && input.length - position >= bulkLength + 2;
        if (refusal == null && !whole) {
            keep(arrived);
        }
        int start = position;
        position += arrived;
        bulkRead += arrived;
        if (bulkRead < bulkLength || input.length - position < 2) {
            return false;
        }
        if (input[position] != '\r' || input[position + 1] != '\n') {
            throw new ProtocolException("a bulk string does not end where it said");
        }
        position += 2;
        if (refusal == null) {
            words.add(Bytes.copyOf(whole ? input : bulk, whole ? start : 0, bulkLength));
            requestBytes += bulkLength + WORD_OVERHEAD;
        }
        bulk = NOTHING;
        bulkLength = -1;
        return true;
    }

    private void keep(int arrived) {
        int needed = bulkRead + arrived;
        if (needed > bulk.length) {
            bulk = Arrays.copyOf(bulk, Math.min(bulkLength, Math.max(needed, 2 * bulk.length)));
        }
        System.arraycopy(input, position, bulk, bulkRead, arrived);
    }

    /** Where the line feed stands that ends the line at the position, or -1 if it has not arrived. */
    private int lineEnd(int longest, String problem) throws ProtocolException {
        int bound = (int) Math.min(input.length, (long) position + longest + 2);
        for (int i = Math.max(position, scanned); i < bound; i++) {
            if (input[i] == '\n') {
                return i;
            }
        }
        scanned = bound;
        if (bound - position > longest) {
            throw new ProtocolException(problem);
        }
        return -1;
    }

    /** Reads {@code *123 CR} or {@code $123 CR}, of which {@code end} is the line feed. */
    private long readNumber(int end, long most, String problem) throws ProtocolException {
        boolean negative = input[position + 1] == '-';
        int digit = position + (negative ? 2 : 1);
        int last = end - 1;
        if (digit >= last || input[last] != '\r') {
            throw new ProtocolException(problem);
        }
        long number = 0;
        for (; digit < last; digit++) {
            int value = input[digit] - '0';
            number = number * 10 + value;
            if (value < 0 || value > 9 || number > most) {
                throw new ProtocolException(problem);
            }
        }
        return negative ? -number : number;
    }

    private void dropRequest() {
        words = List.of();
        bulk = NOTHING;
        requestBytes = 0;
    }

    /** Lets go of an array that was read to its end, so that a client that says nothing costs nothing. */
    private void trimInput() {
        if (position == input.length) {
            dropInput();
        }
    }

    private void dropInput() {
        input = NOTHING;
        position = 0;
        scanned = 0;
    }

    private static String tooManyWords(long count) {
        return "ERR a request of " + count + " words is above the limit of " + MAX_WORDS;
    }

    private static String printable(byte found) {
        return found > ' ' && found < 0x7f ? String.valueOf((char) found) : String.format("\\x%02x", found & 0xff);
    }
}
