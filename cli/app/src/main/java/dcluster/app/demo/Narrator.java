package dcluster.app.demo;

import dcluster.app.terminal.Terminal;
import dcluster.app.terminal.Terminal.Style;
import java.io.PrintStream;

/** Tells people what happens, a numbered line for each step. */
public final class Narrator {
    private final PrintStream stream;
    private final Terminal terminal;
    private int steps;

    /** Coloured as the standard output is. */
    public Narrator(PrintStream stream, Terminal terminal) {
        this.stream = stream;
        this.terminal = terminal;
    }

    /** Something was done. */
    void step(String text) {
        steps++;
        line(terminal.style(Style.CYAN, String.format("%2d", steps)) + "  " + text);
    }

    /** The end of it. */
    public void verdict(boolean good, String text) {
        line(terminal.style(good ? Style.GREEN : Style.RED, terminal.style(Style.BOLD, text)));
    }

    /** Any other line. */
    public void line(String text) {
        stream.println(text);
        stream.flush();
    }
}
