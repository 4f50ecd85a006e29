package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.HomeLock;
import dcluster.app.process.Selector;
import dcluster.app.terminal.Exit;
import dcluster.host.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "kill",
        description = {
            "Kill nodes, as kill -9 does, now or at a point.",
            "'dcluster restart NODE' starts them again on their data. Exits with 4 if one that is named does not run,"
                    + " or if none of 'all' does; those that run are killed all the same. With --when it waits until all"
                    + " that run have come to that point and ended there, and exits with 4 if one has not in time."
        },
        footer = {
            "",
            "Points, each counted from now, the first if no number is given:",
            "  'sends Prepare 2'     before the second message of that type leaves",
            "  'sent Decision'       when it has left",
            "  'receives Vote 3'     before it is handled",
            "  'journals Decided'    when that record was given to the journal, and is not on the disk",
            "  'durable Decided'     when it is durable, and nothing that waited for it has left",
            "  answers               before a client or another node is answered",
            "  'event 17'            the seventeenth of all these",
            "A name that the algorithm does not have is refused, with those that it has. The cluster must have been started"
                    + " with --set chaos.enabled=true."
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

    @Option(
            names = "--when",
            paramLabel = "POINT",
            converter = PointConverter.class,
            description = "Not now, but when they come to that point; see below.")
    private @Nullable Point point;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long to wait for that; by default ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofSeconds(60);

    KillCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var cluster = name.in(session);
        if (point != null) {
            return killAt(cluster, point.toString());
        }
        return HomeLock.forCluster(session.home(), cluster.name(), () -> kill(cluster));
    }

    private int killAt(Cluster cluster, String when) {
        var chosen = Selector.of(cluster).select(nodes);
        var running = chosen.stream().filter(ClusterProcess::isRunning).toList();
        boolean areKilled = running.isEmpty() || new KillAt(session, cluster, timeout).kill(running, when);
        chosen.stream().filter(each -> !each.isRunning()).forEach(each -> session.say(tellNothing(each)));
        return areKilled && hasKilledWhatWasMeant(chosen) ? Exit.OK : Exit.UNHEALTHY;
    }

    private static String tellNothing(ClusterProcess process) {
        return "nothing to kill: " + process.id() + " does not run, it is " + process.state();
    }

    private int kill(Cluster cluster) {
        var chosen = Selector.of(cluster).select(nodes);
        cluster.kill(chosen.stream().filter(ClusterProcess::isRunning).toList());
        chosen.forEach(each -> session.say(each.running()
                .map(running -> "killed " + each.id() + " (pid " + running.pid() + ")")
                .orElseGet(() -> tellNothing(each))));
        return hasKilledWhatWasMeant(chosen) ? Exit.OK : Exit.UNHEALTHY;
    }

    /** Whoever names a node counts on its death now; whoever says "all" only wants none to be left. */
    private boolean hasKilledWhatWasMeant(List<ClusterProcess> chosen) {
        return chosen.stream().anyMatch(ClusterProcess::isRunning)
                && chosen.stream().noneMatch(each -> !each.isRunning() && nodes.contains(each.id()));
    }
}
