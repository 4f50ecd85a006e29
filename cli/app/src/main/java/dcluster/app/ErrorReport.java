package dcluster.app;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Terminal;
import dcluster.app.terminal.Terminal.Style;
import dcluster.config.ConfigException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells people what went wrong, and scripts by the exit code. */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Dcluster root;
    private final Terminal terminal;
    private final PrintStream err;

    ErrorReport(Dcluster root, Terminal terminal, PrintStream err) {
        this.root = root;
        this.terminal = terminal;
        this.err = err;
    }

    /** A command line that cannot be understood. */
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        var command = e.getCommandLine().getCommandSpec().qualifiedName();
        tell(command + ": " + e.getMessage() + suggestion(e));
        err.println("'" + command + " --help' tells what it takes");
        trace(e);
        return Exit.USAGE;
    }

    /** A command that failed. */
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        trace(e);
        if (e instanceof Failure failure) {
            tell(failure.getMessage());
            return failure.exit();
        }
        if (e instanceof ConfigException) {
            tell(e.getMessage());
            return Exit.BAD_CONFIG;
        }
        tell("internal error: " + e + (root.isVerbose() ? "" : "; --verbose shows where"));
        return Exit.INTERNAL;
    }

    private static String suggestion(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getSuggestions().isEmpty()) {
            return "";
        }
        return "; did you mean '" + String.join("' or '", unmatched.getSuggestions()) + "'?";
    }

    private void tell(@Nullable String message) {
        err.println(terminal.styleError(Style.RED, "dcluster:") + " " + message);
        err.flush();
    }

    private void trace(Exception e) {
        if (root.isVerbose()) {
            e.printStackTrace(err);
        }
    }
}
