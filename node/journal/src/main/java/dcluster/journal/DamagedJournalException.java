package dcluster.journal;

import java.io.IOException;

/**
 * A journal that lacks bytes that were durable once, or holds what it never wrote. To go on without them would break
 * what this node promised to others, so it is not opened; nothing in the folder was changed.
 */
public final class DamagedJournalException extends IOException {
    private final String file;
    private final long offset;

    /** The problem is a lowercase clause; the file is named with its folder. */
    public DamagedJournalException(String file, long offset, String problem) {
        super("damaged journal: " + file + " at offset " + offset + ": " + problem
                + ". Nothing was changed. If the disk cannot give the bytes back, replace this node: with what is left,"
                + " or with an older copy, it would break what it promised to others");
        this.file = file;
        this.offset = offset;
    }

    /** The damaged or missing file, with its folder. */
    public String file() {
        return file;
    }

    /** Where the first damage in that file begins, in bytes from its start. */
    public long offset() {
        return offset;
    }
}
