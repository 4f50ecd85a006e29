package dcluster.checker.regular;

import dcluster.checker.history.Operation;
import dcluster.checker.history.Siblings;
import org.jspecify.annotations.Nullable;

/**
 * A read that no regular register could answer so.
 *
 * @param value the one that is wrong; of siblings perhaps only beside the others
 * @param written the write of the value that ended last before, or null if it returned what nobody had written
 * @param overwritten a write that began after that one had ended, and ended before the read began, or whose value stands
 *     beside the wrong one; null if there is none because the value came from nowhere
 */
public record StaleRead(
        Operation read,
        @Nullable Object value,
        @Nullable Operation written,
        @Nullable Operation overwritten) {
    /** Whether one of its siblings must have replaced the other. */
    public boolean isReplacedBySibling() {
        return overwritten != null && overwritten.ended() > read.invoked();
    }

    /** For people. */
    @Override
    public String toString() {
        var which = read.output() instanceof Siblings ? String.valueOf(value) : "that";
        if (overwritten == null) {
            return read + ": nobody had written " + which + " by then";
        }
        var origin = read.output() instanceof Siblings ? value + " was written by " + written : "written by " + written;
        if (isReplacedBySibling()) {
            return read + ": " + origin + ", and " + overwritten
                    + " began after that had ended, so that it replaced it";
        }
        return read + ": " + (written == null ? "that was so at first" : origin) + ", but before the read "
                + overwritten + " had begun later and ended";
    }
}
