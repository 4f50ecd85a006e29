package dcluster.app;

import dcluster.app.command.Commands;
import dcluster.app.command.Session;
import dcluster.app.terminal.Exit;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** Makes the parser of the command line. */
final class CommandLines {
    private static final int WIDTH = 80;

    private CommandLines() {}

    /** As much of it as these arguments need; its commands run in that session. */
    static CommandLine of(Session session, List<String> arguments) {
        var root = new Dcluster();
        var commandLine = new CommandLine(root);
        Commands.addFor(arguments, commandLine, session);
        var report = new ErrorReport(root, session.terminal(), session.err());
        var ansi = session.terminal().output() && session.terminal().colours() ? Ansi.ON : Ansi.OFF;
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(WIDTH)
                .setUsageHelpAutoWidth(false)
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report)
                .setExitCodeExceptionMapper(e -> Exit.INTERNAL);
    }
}
