package dcluster.app.terminal;

/** What the exit codes of all commands mean. */
public final class Exit {
    /** Done, or valid. */
    public static final int OK = 0;

    /**
     * The answer is no: an absent key, a condition that did not hold, a request that was refused; a violation found.
     */
    public static final int NO = 1;

    /** The outcome is not known: it may have happened or may yet. */
    public static final int UNKNOWN = 2;

    /** Too little of what was to be tried has happened for a verdict. */
    public static final int INCONCLUSIVE = 3;

    /** The cluster is not healthy, was not ready in time, or cannot serve now. */
    public static final int UNHEALTHY = 4;

    /** A node crashed. */
    public static final int CRASHED = 5;

    /** The command line cannot be understood, or asks for what is not there. */
    public static final int USAGE = 64;

    /** A cluster file is wrong, or a history is none. */
    public static final int BAD_CONFIG = 65;

    /** A port, a folder or a lock cannot be had. */
    public static final int RESOURCE = 69;

    /** An error in dcluster itself. */
    public static final int INTERNAL = 70;

    private Exit() {}
}
