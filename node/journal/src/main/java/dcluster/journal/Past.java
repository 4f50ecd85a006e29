package dcluster.journal;

/**
 * How far a folder had come: what is remembered of it, or what it holds.
 *
 * @param incarnation how often it was opened with success; 0 if it never was, and may be empty
 * @param position below which its journal was durable
 */
public record Past(long incarnation, long position) {
    /** Of a folder that was never opened, or of which nothing is remembered. */
    public static final Past NONE = new Past(0, 0);

    public Past {
        if (incarnation < 0 || position < 0) {
            throw new IllegalArgumentException("incarnation=" + incarnation + " position=" + position);
        }
    }

    /** Whether one that has come as far as the other has come at least as far as this. */
    boolean isWithin(Past other) {
        return incarnation <= other.incarnation && position <= other.position;
    }
}
