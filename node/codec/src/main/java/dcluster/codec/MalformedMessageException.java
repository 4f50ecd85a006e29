package dcluster.codec;

/** Bytes that are not what they should be: why, and at which offset of the input. The one exception for bad input in bytes. */
public final class MalformedMessageException extends RuntimeException {
    private final int offset;

    /** The reason is a lowercase sentence without the offset. */
    public MalformedMessageException(String reason, int offset) {
        super(reason + " offset=" + offset);
        this.offset = offset;
    }

    /** Where in the input, in bytes from its start. */
    public int offset() {
        return offset;
    }
}
