package dcluster.toolkit;

/** What stands at an index of a {@link Log}; immutable. */
public interface Sized {
    /** About its encoded size. */
    long bytes();
}
