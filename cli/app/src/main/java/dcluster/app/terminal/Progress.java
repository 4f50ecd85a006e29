package dcluster.app.terminal;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Tells on the standard error how far a command is. On a terminal what is under way stands in one line that is redrawn
 * in place, and what is done stays; elsewhere each step is a plain line of its own. One thread.
 */
public final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private final PrintStream err;
    private String current = "";

    public Progress(Terminal terminal, PrintStream err) {
        this.terminal = terminal;
        this.err = err;
    }

    /** One that tells nothing where nobody watches, for what tells enough by other means. */
    public static Progress forTerminalOnly(Terminal terminal, PrintStream err) {
        return new Progress(terminal, terminal.error() ? err : new PrintStream(OutputStream.nullOutputStream()));
    }

    /** Something goes on that takes a while; replaces what was said to go on before. */
    public void underWay(String text) {
        if (text.equals(current)) {
            return;
        }
        current = text;
        if (terminal.error()) {
            err.print(CLEAR_LINE + terminal.styleError(Terminal.Style.FAINT, text));
        } else {
            err.println(text);
        }
        err.flush();
    }

    /** Something is done: a line that stays. */
    public void done(String text) {
        clear();
        err.println(text);
        err.flush();
    }

    /** Takes away what is under way, so that something else can be printed. */
    public void clear() {
        if (terminal.error() && !current.isEmpty()) {
            err.print(CLEAR_LINE);
            err.flush();
        }
        current = "";
    }
}
