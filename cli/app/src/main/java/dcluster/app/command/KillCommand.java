package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.HomeLock;
import dcluster.app.process.Selector;
import dcluster.app.terminal.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "kill",
        description = {
            "Kill nodes, as kill -9 does.",
            "'dcluster restart NODE' starts them again on their data. Exits with 4 if one that is named does not run,"
                    + " or if none of 'all' does; those that run are killed all the same."
        })
final class KillCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Parameters(
            paramLabel = "NODE",
            arity = "1..*",
            description = "Names, or what they are now: n1, leader, follower, followers, random(2), all, coordinator.")
    private List<String> nodes = new ArrayList<>();

    KillCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var cluster = name.in(session);
        return HomeLock.forCluster(session.home(), cluster.name(), () -> kill(cluster));
    }

    private int kill(Cluster cluster) {
        var chosen = Selector.of(cluster).select(nodes);
        cluster.kill(chosen.stream().filter(ClusterProcess::isRunning).toList());
        chosen.forEach(each -> session.say(each.running()
                .map(running -> "killed " + each.id() + " (pid " + running.pid() + ")")
                .orElse("nothing to kill: " + each.id() + " does not run, it is " + each.state())));
        return hasKilledWhatWasMeant(chosen) ? Exit.OK : Exit.UNHEALTHY;
    }

    /** Whoever names a node counts on its death now; whoever says "all" only wants none to be left. */
    private boolean hasKilledWhatWasMeant(List<ClusterProcess> chosen) {
        return chosen.stream().anyMatch(ClusterProcess::isRunning)
                && chosen.stream().noneMatch(each -> !each.isRunning() && nodes.contains(each.id()));
    }
}
