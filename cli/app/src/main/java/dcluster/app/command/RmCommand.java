package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.HomeLock;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rm",
        description = {
            "Remove a cluster that does not run, with all its data.",
            "Asks first; without a terminal it needs --yes."
        })
final class RmCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Option(names = "--all", description = "Remove all clusters.")
    private boolean all;

    @Option(names = "--force", description = "If it runs, kill its processes first.")
    private boolean force;

    @Mixin
    private YesOption yes = new YesOption();

    RmCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var clusters = all ? session.clusters().all() : List.of(name.in(session));
        clusters.forEach(this::refuseIfRunning);
        if (!clusters.isEmpty() && !agreed(clusters)) {
            session.say("nothing was removed");
            return Exit.NO;
        }
        clusters.forEach(cluster -> HomeLock.forCluster(session.home(), cluster.name(), () -> remove(cluster)));
        return Exit.OK;
    }

    private void refuseIfRunning(Cluster cluster) {
        if (!force && (cluster.isRunning() || !cluster.strays().isEmpty())) {
            throw new Failure(
                    Exit.USAGE,
                    "the cluster '" + cluster.name() + "' runs; 'dcluster stop -N " + cluster.name()
                            + "' stops it, or give --force");
        }
    }

    private boolean agreed(List<Cluster> clusters) {
        var names = clusters.stream().map(Cluster::name).collect(Collectors.joining(", "));
        return yes.agreed(session, "remove " + names + " with all data");
    }

    private boolean remove(Cluster cluster) {
        refuseIfRunning(cluster);
        cluster.kill(cluster.running());
        endUnrecorded(cluster);
        cluster.folder().remove();
        session.say("removed the cluster '" + cluster.name() + "'");
        return true;
    }

    /** With the folder goes the last that led to a process of which no record can be read: it must not outlive it. */
    private void endUnrecorded(Cluster cluster) {
        cluster.unreadable().stream()
                .filter(each -> cluster.strays(each).isEmpty())
                .forEach(each -> session.say(each.file() + " cannot be read: " + each.why()
                        + "; no process is found that was launched with it"));
        var strays = cluster.strays();
        cluster.endStrays(strays, Duration.ZERO);
        strays.forEach(each -> session.say("killed pid " + each.pid()
                + ", of which no record can be read; its command line tells that it is of this cluster"));
    }
}
