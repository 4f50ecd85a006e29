package dcluster.checker.regular;

import dcluster.checker.history.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A read that no regular register could answer so.
 *
 * @param written the write of its value that ended last before, or null if it returned what nobody had written
 * @param overwritten a write that began after that one had ended, and ended before the read began; null if there is none
 *     because the value came from nowhere
 */
public record StaleRead(
        Operation read,
        @Nullable Operation written,
        @Nullable Operation overwritten) {
    /** For people. */
    @Override
    public String toString() {
        if (overwritten == null) {
            return read + ": nobody had written that by then";
        }
        return read + ": " + (written == null ? "that was so at first" : "written by " + written)
                + ", but before the read " + overwritten + " had begun later and ended";
    }
}
