package dcluster.checker.availability;

/**
 * What was asked in a slice of time; there is none where nothing was.
 *
 * @param from when it begins, in nanoseconds since the history's first moment
 * @param asked how many operations were invoked in it; from 1
 * @param answered how many of these ended ok, whenever that was
 */
public record Slice(long from, long asked, long answered) {
    /** From 0 to 1. */
    public double share() {
        return (double) answered / asked;
    }
}
