package dcluster.app;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Nearest;
import dcluster.app.terminal.Terminal;
import dcluster.app.terminal.Terminal.Style;
import dcluster.config.ConfigException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        var command = e.getCommandLine().getCommandSpec();
        if (lacksCommand(e, command)) {
            e.getCommandLine().usage(err);
            return Exit.USAGE;
        }
        tell(command.qualifiedName(), complaint(e, command));
        err.println("'" + command.qualifiedName() + " --help' tells what it takes");
        trace(e);
        return Exit.USAGE;
    }

    /** A command that failed. */
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        trace(e);
        if (e instanceof Failure failure) {
            tell("dcluster", failure.getMessage());
            return failure.exit();
        }
        if (e instanceof ConfigException config) {
            tell("dcluster", config.getMessage());
            return config.isUsage() ? Exit.USAGE : Exit.BAD_CONFIG;
        }
        tell("dcluster", "internal error: " + e + (root.isVerbose() ? "" : "; --verbose shows where"));
        return Exit.INTERNAL;
    }

    /** Whoever says nothing wants to know what can be said. */
    private static boolean lacksCommand(ParameterException e, CommandSpec command) {
        return e.getClass() == ParameterException.class
                && !command.subcommands().isEmpty();
    }

    private static @Nullable String complaint(ParameterException e, CommandSpec command) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return complaint(unmatched.getUnmatched().get(0), command);
        }
        var argument = e.getArgSpec();
        return argument != null && argument.type().isEnum() && e.getValue() != null
                ? choice(argument, e.getValue())
                : e.getMessage();
    }

    private static String choice(ArgSpec argument, String value) {
        var words = Arrays.stream(argument.type().getEnumConstants())
                .map(String::valueOf)
                .toList();
        var name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        return name + " is " + either(words) + ", not '" + value + "'" + didYouMean(value, words);
    }

    private static String either(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static String complaint(String word, CommandSpec command) {
        var commands = command.subcommands().keySet();
        if (word.startsWith("-")) {
            return "there is no option '" + word + "'"
                    + didYouMean(word, command.optionsMap().keySet());
        }
        return commands.isEmpty()
                ? "'" + word + "' is one word too many"
                : "there is no command '" + word + "'" + didYouMean(word, commands);
    }

    /** Of a word of one letter any other one would be near. */
    private static String didYouMean(String word, Collection<String> known) {
        return word.length() <= 2
                ? ""
                : Nearest.to(word, known)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("");
    }

    private void tell(String who, @Nullable String message) {
        err.println(terminal.styleError(Style.RED, who + ":") + " " + message);
        err.flush();
    }

    private void trace(Exception e) {
        if (root.isVerbose()) {
            e.printStackTrace(err);
        }
    }
}
