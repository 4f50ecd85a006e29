package dcluster.codec;

/**
 * Bytes that are not what they should be: why, and at which offset of the input. No other exception tells of
 * them.
 */
public final class MalformedMessageException extends RuntimeException {
    private final long offset;

    /** The reason is a lowercase sentence without the offset. */
    public MalformedMessageException(String reason, long offset) {
        super(reason + " offset=" + offset);
        this.offset = offset;
    }

    /** The reason, and the refusal of a record's constructor that lies behind it. */
    MalformedMessageException(String reason, long offset, RuntimeException cause) {
        super(reason + " offset=" + offset, cause);
        this.offset = offset;
    }

    /** Where in the input, in bytes from its start: a message, or all that came over a connection. */
    public long offset() {
        return offset;
    }
}
