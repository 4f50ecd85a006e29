package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.HomeLock;
import dcluster.app.process.Machine.Running;
import dcluster.app.terminal.Exit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "stop",
        description = {
            "Stop a cluster.",
            "Its processes are asked to end; one that has not ended after ten seconds is killed. Its data"
                    + " stays, and 'dcluster start -N NAME' goes on with it. One that does not run is left as it is,"
                    + " and that is no error."
        })
final class StopCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Session session;

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Option(names = "--all", description = "Stop all clusters.")
    private boolean all;

    @Option(names = "--force", description = "Kill the processes at once, as kill -9 does.")
    private boolean force;

    StopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var clusters = all ? session.clusters().all() : List.of(name.in(session));
        clusters.forEach(cluster -> HomeLock.forCluster(session.home(), cluster.name(), () -> stop(cluster)));
        return Exit.OK;
    }

    private boolean stop(Cluster cluster) {
        var running = cluster.running();
        var strays = cluster.strays();
        if (running.isEmpty() && strays.isEmpty()) {
            session.say("the cluster '" + cluster.name() + "' does not run");
            return false;
        }
        var patience = force ? Duration.ZERO : PATIENCE;
        var killed = cluster.stop(running, patience);
        cluster.endStrays(strays, patience);
        session.say("stopped the cluster '" + cluster.name() + "': " + names(running, strays)
                + (killed.isEmpty() || force ? "" : "; killed, as they did not end in time: " + ids(killed)));
        return true;
    }

    /** One of which no record speaks has a pid alone. */
    private static String names(List<ClusterProcess> running, List<Running> strays) {
        return Stream.concat(
                        running.stream().map(ClusterProcess::id),
                        strays.stream().map(each -> "pid " + each.pid() + ", found by its command line"))
                .collect(Collectors.joining(", "));
    }

    private static String ids(List<ClusterProcess> processes) {
        return processes.stream().map(ClusterProcess::id).collect(Collectors.joining(", "));
    }
}
