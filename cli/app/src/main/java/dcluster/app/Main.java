package dcluster.app;

import dcluster.app.command.Session;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.WatchedStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the program begins. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        var data = new FileOutputStream(FileDescriptor.out);
        System.exit(run(List.of(arguments), data, new FileOutputStream(FileDescriptor.err)));
    }

    /** Runs one command; its exit code, or that of an output which cannot be written. */
    static int run(List<String> arguments, OutputStream data, OutputStream messages) {
        var watched = new WatchedStream(data);
        // Data may be any bytes and names any text, whatever the locale says.
        var out = new PrintStream(watched, false, StandardCharsets.UTF_8);
        var err = new PrintStream(messages, true, StandardCharsets.UTF_8);
        int exit = CommandLines.of(Session.ofProcess(out, err), arguments).execute(arguments.toArray(String[]::new));
        out.flush();
        return watched.failure()
                .map(IOException::getMessage)
                .filter(Main::isFailure)
                .map(why -> unwritten(why, exit, err))
                .orElse(exit);
    }

    /** A reader that has heard enough, such as {@code head}, is none. */
    private static boolean isFailure(String why) {
        return !why.contains("Broken pipe");
    }

    private static int unwritten(String why, int exit, PrintStream err) {
        err.println("dcluster: cannot write the output: " + why);
        return exit == Exit.OK ? Exit.RESOURCE : exit;
    }
}
