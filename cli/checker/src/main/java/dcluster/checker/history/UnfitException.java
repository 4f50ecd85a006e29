package dcluster.checker.history;

/** A line of a history is an event, but none of the model that the history is checked by. */
public final class UnfitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final String what;

    /** The message begins with the line. */
    public UnfitException(int line, String what) {
        super("line " + line + ": " + what);
        this.line = line;
        this.what = what;
    }

    /** The number of the line, from 1. */
    public int line() {
        return line;
    }

    /** What is wrong with it, without the place. */
    public String what() {
        return what;
    }
}
