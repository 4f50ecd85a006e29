package dcluster.journal;

import java.io.IOException;

/**
 * Something that a journal does to stay small or fast could not be done, mostly because the disk is full. What it had
 * made for that is deleted, and the journal is as it was and goes on. The message says what and where.
 */
public final class AbandonedException extends IOException {
    AbandonedException(String what, IOException why) {
        super(what + " was abandoned: " + why.getMessage(), why);
    }
}
