package dcluster.app.command;

import dcluster.app.process.Clusters;
import dcluster.app.process.Home;
import dcluster.app.process.LocalMachine;
import dcluster.app.start.StartTerms;
import dcluster.app.terminal.CleanUps;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;

/** What one run of the command line works with: where the clusters are, and where it reads and prints. */
public record Session(
        Clusters clusters, Terminal terminal, InputStream in, PrintStream out, PrintStream err, CleanUps cleanUps) {
    /** That of this process, printing to the given streams. */
    public static Session ofProcess(PrintStream out, PrintStream err) {
        var clusters = new Clusters(Home.of(System.getenv()), new LocalMachine());
        return new Session(clusters, Terminal.detect(), System.in, out, err, CleanUps.ofProcess(err));
    }

    /** With clusters in another home. */
    Session in(Home other) {
        return new Session(new Clusters(other, clusters.machine()), terminal, in, out, err, cleanUps);
    }

    /** How something is started in it. */
    StartTerms terms(Duration patience, boolean retain) {
        return new StartTerms(new Progress(terminal, err), cleanUps, patience, retain);
    }

    Home home() {
        return clusters.home();
    }

    /** A line for people beside the data. */
    void say(String line) {
        err.println(line);
        err.flush();
    }
}
