package dcluster.app.terminal;

/**
 * A command cannot do what was asked. The message is for people: what is wrong, where, and what to do; it may have
 * several lines. The exit code is one of {@link Exit}.
 */
public final class Failure extends RuntimeException {
    private final int exit;

    public Failure(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    public Failure(int exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    /** One of {@link Exit}. */
    public int exit() {
        return exit;
    }
}
