package dcluster.app.command;

import dcluster.app.process.Clusters;
import dcluster.app.process.Home;
import dcluster.app.process.LocalMachine;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Terminal;
import java.io.InputStream;
import java.io.PrintStream;

/** What one run of the command line works with: where the clusters are, and where it reads and prints. */
public record Session(Clusters clusters, Terminal terminal, InputStream in, PrintStream out, PrintStream err) {
    /** That of this process, printing to the given streams. */
    public static Session ofProcess(PrintStream out, PrintStream err) {
        return new Session(
                new Clusters(Home.of(System.getenv()), new LocalMachine()), Terminal.detect(), System.in, out, err);
    }

    Home home() {
        return clusters.home();
    }

    Progress progress() {
        return new Progress(terminal, err);
    }

    /** A line for people beside the data. */
    void say(String line) {
        err.println(line);
        err.flush();
    }
}
