package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.Home;
import dcluster.app.process.LocalMachine;
import dcluster.app.process.Machine;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/** What one run of the command line works with: where the clusters are, and where it reads and prints. */
public record Session(Home home, Machine machine, Terminal terminal, InputStream in, PrintStream out, PrintStream err) {
    /** That of this process, printing to the given streams. */
    public static Session ofProcess(PrintStream out, PrintStream err) {
        return new Session(Home.of(System.getenv()), new LocalMachine(), Terminal.detect(), System.in, out, err);
    }

    /** The cluster of that name, whether it is there or not. */
    Cluster cluster(String name) {
        return new Cluster(home.cluster(name), machine);
    }

    /** All clusters that are there, by name. */
    List<Cluster> clusters() {
        return home.clusters().stream()
                .map(folder -> new Cluster(folder, machine))
                .toList();
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
