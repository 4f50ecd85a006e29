package dcluster.journal;

import java.io.IOException;

/**
 * A folder that does not hold what its node was promised to be kept: it is empty, or an older copy. Nothing in it was
 * changed, so it is refused again however often it is tried.
 */
public final class AmnesiaException extends IOException {
    private final long found;
    private final long past;

    AmnesiaException(String folder, long found, long past) {
        super("folder " + folder + " has lost what it held: it was opened " + found
                + " times, and it is remembered to have been opened " + past + " times at least");
        this.found = found;
        this.past = past;
    }

    /** How often the folder was opened, as far as it knows itself: 0 if it is empty. */
    public long found() {
        return found;
    }

    /** How often it was opened at least. */
    public long past() {
        return past;
    }
}
