package dcluster.journal;

import java.io.IOException;
import java.util.Optional;

/**
 * A folder that does not hold what its node was promised to be kept: it is empty, an older copy, or was cut short.
 * Nothing in it was changed, so it is refused again however often it is tried.
 */
public final class AmnesiaException extends IOException {
    private final Past found;
    private final Past past;

    AmnesiaException(String folder, Past found, Past past, Optional<Recovery.Cut> cut) {
        super("folder " + folder + " has lost what it held: " + described(found)
                + ", and is remembered to have come to "
                + described(past)
                + cut.map(c -> "; to open it would have " + c).orElse(""));
        this.found = found;
        this.past = past;
    }

    private static String described(Past past) {
        return "incarnation=" + past.incarnation() + " position=" + past.position();
    }

    /** How far the folder has come, as far as it knows itself; {@link Past#NONE} if it is empty. */
    public Past found() {
        return found;
    }

    /** How far it had come at least. */
    public Past past() {
        return past;
    }
}
