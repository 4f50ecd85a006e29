package dcluster.app.check;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Terminal;
import dcluster.checker.verdict.Texts;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Watches over the time that one history takes, and tells how far it is: on a terminal all the time, elsewhere only
 * every ten seconds, so that what is quick says nothing.
 */
final class Watch {
    private static final long TELL_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Progress progress;
    private final boolean isWatched;
    private final String file;
    private final Duration timeout;
    private final long start = System.nanoTime();
    private long told = start;

    Watch(Terminal terminal, PrintStream err, String file, Duration timeout) {
        progress = new Progress(terminal, err);
        isWatched = terminal.error();
        this.file = Texts.visible(file);
        this.timeout = timeout;
    }

    /** Lines are read; fails if there is no time for more of them. */
    void reading(long lines) {
        tell("reading " + file + ": " + Texts.count(lines, "line"));
        if (left().isZero()) {
            throw new Failure(
                    Exit.UNKNOWN,
                    "the time was up after " + Texts.span(timeout) + ", with line " + lines + " of " + file
                            + " read; --timeout gives it more");
        }
    }

    /** A check is so far. */
    void judging(String what, Duration since, String stage) {
        tell("checking " + file + " as " + what + ": " + Texts.span(since) + " of " + Texts.span(timeout)
                + (stage.isEmpty() ? "" : ", " + stage));
    }

    /** What is left of the time; nothing if there is none. */
    Duration left() {
        var left = timeout.minus(spent());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The time since the beginning. */
    Duration spent() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Takes away what was told, so that something else can be printed. */
    void end() {
        progress.clear();
    }

    private void tell(String what) {
        long now = System.nanoTime();
        if (isWatched || now - told > TELL_EVERY_NANOS) {
            told = now;
            progress.underWay(what);
        }
    }
}
