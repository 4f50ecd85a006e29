package dcluster.app.check;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Terminal;
import dcluster.checker.history.History;
import dcluster.checker.history.UnfitException;
import dcluster.checker.verdict.Check;
import dcluster.checker.verdict.Counts;
import dcluster.checker.verdict.Guess;
import java.io.InputStream;
import java.io.PrintStream;

/** Reads one history after the other and has each judged. */
public final class Checking {
    private final Wanted wanted;
    private final Terminal terminal;
    private final InputStream in;
    private final PrintStream err;

    /** Reads {@code -} from that stream, and tells on that other one how far it is. */
    public Checking(Wanted wanted, Terminal terminal, InputStream in, PrintStream err) {
        this.wanted = wanted;
        this.terminal = terminal;
        this.in = in;
        this.err = err;
    }

    /**
     * Judges one.
     *
     * @throws Failure if it cannot be read, or is no history of what it is to be checked for
     */
    public Judged judge(String name) {
        var file = new HistoryFile(name);
        wanted.page().ifPresent(page -> page.requireFree(file.shown()));
        var watch = new Watch(terminal, err, file.shown(), wanted.timeout());
        try {
            var judged = judge(file, watch);
            return wanted.page()
                    .map(page -> judged.withPage(page.write(judged)))
                    .orElse(judged);
        } finally {
            watch.end();
        }
    }

    private Judged judge(HistoryFile file, Watch watch) {
        var history = file.read(in, watch::reading);
        var guess = guess(history, file.shown());
        var check = wanted.check().orElseGet(() -> guess.check().orElseThrow());
        if (check == Check.BANK && wanted.bank().isEmpty()) {
            throw new Failure(Exit.USAGE, "which total does the bank have? Say so by --total");
        }
        try {
            var verdict = check.judge(history, wanted.terms(watch, check));
            return new Judged(file.shown(), history, Counts.of(history), verdict, guess.why(), watch.spent(), null);
        } catch (UnfitException e) {
            throw new Failure(Exit.BAD_CONFIG, file.shown() + ":" + e.line() + ": " + e.what() + advice(check), e);
        }
    }

    private String advice(Check check) {
        return wanted.check().isPresent()
                ? "; --model " + check + " may be the wrong one"
                : "; --model says what it is";
    }

    private Guess guess(History history, String file) {
        if (wanted.check().isPresent()) {
            return new Guess(wanted.check(), "");
        }
        var guess = Guess.of(history);
        if (guess.check().isEmpty()) {
            throw new Failure(Exit.USAGE, file + ": " + guess.why() + "; say which by --model");
        }
        return guess;
    }
}
