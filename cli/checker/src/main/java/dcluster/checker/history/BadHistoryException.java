package dcluster.checker.history;

import java.io.IOException;

/** A file is no history; the message begins with file and line. */
public final class BadHistoryException extends IOException {
    private static final long serialVersionUID = 1;

    private final int line;

    BadHistoryException(String file, int line, String what) {
        super(file + ":" + line + ": " + what);
        this.line = line;
    }

    /** The number of the line, from 1. */
    public int line() {
        return line;
    }
}
