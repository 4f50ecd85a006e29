package dcluster.app.command;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** {@code --yes}: what cannot be taken back is not asked for again. */
final class YesOption {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    /**
     * Whether what is about to be done, in words that begin with a verb, is wanted.
     *
     * @throws Failure if there is nobody to ask
     */
    boolean agreed(Session session, String doing) {
        if (yes) {
            return true;
        }
        if (!session.terminal().input()) {
            throw new Failure(Exit.USAGE, "to " + doing + ", without a terminal to ask, give --yes");
        }
        session.err().print(doing + "? [y/N] ");
        session.err().flush();
        try {
            var answer = new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().matches("(?i)y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
