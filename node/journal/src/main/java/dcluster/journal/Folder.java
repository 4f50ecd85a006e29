package dcluster.journal;

import java.io.Closeable;
import java.io.IOException;

/** The locked folder of an open journal, with the hash of its identity, and the first failure of it. */
record Folder(Disk disk, long identity, JournalOptions options, Closeable lock, Poison poison) {
    /**
     * Makes names durable. If that fails, no later sync proves that a segment will be found again under its name, so
     * it ends the journal whoever wanted it.
     */
    void sync() throws IOException {
        poison.guard(disk::sync);
    }

    /** That something which the journal can do without failed here. */
    AbandonedException abandoned(String what, IOException why) {
        return new AbandonedException(what + " of the journal in " + disk.folder(), why);
    }
}
