package dcluster.app.command;

import dcluster.app.demo.Demo;
import dcluster.app.demo.Narrator;
import dcluster.app.process.Cluster;
import dcluster.app.process.Clusters;
import dcluster.app.process.Deletion;
import dcluster.app.process.Home;
import dcluster.app.start.StartTerms;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "demo",
        description = {
            "Kill the leader of three Raft nodes under load, and lose nothing.",
            "Starts three processes of its own, has clients write, kills the leader with -9, tells for how"
                    + " long writes were out, reads everything back, restarts the node, compares the states, and removes"
                    + " all of it. Exits with 1 if anything acknowledged is lost."
        })
final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Session session;

    @Mixin
    private FormatOption format = new FormatOption();

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var apart = session.in(new Home(temporary()));
        var interrupt = session.cleanUps().onInterrupt(() -> remove(apart.clusters()));
        try {
            play(apart);
        } finally {
            interrupt.close();
            remove(apart.clusters());
        }
        return Exit.OK;
    }

    private void play(Session apart) {
        var output = format.in(session);
        var narrator = new Narrator(output.isTable() ? session.out() : session.err(), session.terminal());
        narrator.line("Three Raft nodes, and a kill -9 while clients write. Everything is in "
                + apart.home().folder() + " until the end.");
        // The narrator tells enough where nobody watches what is under way.
        var progress = Progress.forTerminalOnly(session.terminal(), session.err());
        var result = new Demo(apart.clusters(), new StartTerms(progress, session.cleanUps(), PATIENCE, false), narrator)
                .play();
        if (!output.isTable()) {
            output.object(result);
        }
        narrator.verdict(true, "Nothing that was acknowledged is lost.");
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("dcluster-demo");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Clusters clusters) {
        clusters.all().stream().filter(Cluster::isRunning).forEach(cluster -> cluster.kill(cluster.running()));
        Deletion.of(clusters.home().folder());
    }
}
