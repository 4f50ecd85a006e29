package dcluster.spi;

/**
 * Bounds, in bytes, that hold in every run, so that an algorithm can count on what it is given and on what it may give.
 */
public final class Limits {
    /** The largest key. */
    public static final int MAX_KEY_BYTES = 64 << 10;

    /** The largest single value or list element. */
    public static final int MAX_VALUE_BYTES = 4 << 20;

    /** The largest encoded command; one fits into any message or record that carries little else. */
    public static final int MAX_COMMAND_BYTES = 8 << 20;

    /** The largest encoded message or journal record; a larger one stops the node that made it. */
    public static final int MAX_FRAME_BYTES = 16 << 20;

    /** The size to aim at for pieces of something large: a batch of entries, a chunk of a snapshot. */
    public static final int CHUNK_BYTES = 256 << 10;

    private Limits() {}
}
