package dcluster.runtime;

/** A member that could not start: what is wrong, where, and what to do about it. */
public final class StartException extends Exception {
    /** What kind of thing is wrong. */
    public enum Kind {
        /** The configuration does not fit: an option, the member's name. */
        CONFIGURATION,
        /** Something outside is missing or taken: a port, the folder, the disk. */
        RESOURCE,
        /** A defect of dcluster or of an algorithm. */
        DEFECT
    }

    private final Kind kind;

    StartException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
