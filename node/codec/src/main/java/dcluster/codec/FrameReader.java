package dcluster.codec;

import dcluster.spi.Limits;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the {@linkplain Frames frames} in a stream of bytes that comes in chunks of any size. Feed a chunk, then take
 * frames until there is none:
 *
 * <pre>{@code
 * reader.feed(chunk, 0, chunk.length);
 * for (var body = reader.next(); body.isPresent(); body = reader.next()) {
 *     handle(codec.decode(body.get()));
 * }
 * }</pre>
 *
 * <p>A frame that lies within one chunk is read where it is; only what a chunk cuts apart is copied, and memory for it
 * grows with the bytes that came, not with the length that they claim. Never more than one frame and one chunk is held.
 * One reader belongs to one connection and to one thread at a time.
 */
public final class FrameReader {
    private static final byte[] NOTHING = new byte[0];
    private static final int KEPT_BYTES = 64 << 10;

    // The chunk fed last, as far as it is not read.
    private byte[] chunk = NOTHING;
    private int position;
    private int end;

    // The beginning of a frame whose rest is still to come.
    private byte[] partial = NOTHING;
    private int partialSize;

    private long offset;

    /**
     * Takes the next {@code length} bytes of the stream from {@code chunk}, which must not change until they are read.
     *
     * @throws IllegalStateException if {@link #next} has not said since the last chunk that there is no frame left
     */
    public void feed(byte[] chunk, int offset, int length) {
        if (position < end) {
            throw new IllegalStateException("frames of the last chunk are unread, bytes=" + (end - position));
        }
        Objects.checkFromIndexSize(offset, length, chunk.length);
        this.chunk = chunk;
        this.position = offset;
        this.end = offset + length;
    }

    /**
     * The body of the next frame that is complete, its checksum proven; valid until the next call of this method.
     *
     * @throws MalformedMessageException if there is no frame where one should begin, with its offset in the stream.
     *     Where the next one begins is unknown then: each further call throws it again, and the connection has to be
     *     closed
     */
    public Optional<ByteReader> next() {
        var body = partialSize > 0 || !holdsFrame() ? nextFromPartial() : nextInPlace();
        if (position == end) {
            chunk = NOTHING;
            position = 0;
            end = 0;
        }
        return body;
    }

    private boolean holdsFrame() {
        int available = end - position;
        return available >= Frames.HEADER_BYTES && available - Frames.HEADER_BYTES >= length(chunk, position);
    }

    private Optional<ByteReader> nextInPlace() {
        var body = body(chunk, position);
        position += Frames.HEADER_BYTES + body.remaining();
        return Optional.of(body);
    }

    private Optional<ByteReader> nextFromPartial() {
        if (!fill(Frames.HEADER_BYTES) || !fill(Frames.HEADER_BYTES + length(partial, 0))) {
            return Optional.empty();
        }
        var body = body(partial, 0);
        partialSize = 0;
        if (partial.length > KEPT_BYTES) {
            partial = NOTHING;
        }
        return Optional.of(body);
    }

    /** Moves bytes from the chunk until the partial frame has that many. */
    private boolean fill(int size) {
        int count = Math.max(0, Math.min(size - partialSize, end - position));
        if (count > partial.length - partialSize) {
            partial = Arrays.copyOf(partial, Math.max(partialSize + count, Math.min(2 * partial.length, size)));
        }
        System.arraycopy(chunk, position, partial, partialSize, count);
        partialSize += count;
        position += count;
        return partialSize >= size;
    }

    private int length(byte[] array, int start) {
        int length = new ByteReader(array, start, Frames.HEADER_BYTES).readInt();
        if (!Frames.isLength(length)) {
            throw new MalformedMessageException(
                    "a frame's length is 1 to " + Limits.MAX_FRAME_BYTES + ", not " + Integer.toUnsignedString(length),
                    offset);
        }
        return length;
    }

    private ByteReader body(byte[] array, int start) {
        var header = new ByteReader(array, start, Frames.HEADER_BYTES);
        int length = header.readInt();
        int expected = header.readInt();
        int actual = Frames.checksum(array, start + Frames.HEADER_BYTES, length);
        if (actual != expected) {
            throw new MalformedMessageException(
                    String.format(
                            "a frame of %d bytes has the checksum %08x instead of %08x", length, actual, expected),
                    offset);
        }
        offset += Frames.HEADER_BYTES + length;
        return new ByteReader(array, start + Frames.HEADER_BYTES, length);
    }
}
