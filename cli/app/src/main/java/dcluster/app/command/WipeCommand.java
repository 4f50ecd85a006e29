package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.HomeLock;
import dcluster.app.process.Selector;
import dcluster.app.terminal.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "wipe",
        description = {
            "Give up what nodes hold, as if their disks had been replaced.",
            "Empties the folders of nodes that do not run. 'dcluster restart NODE' starts one again: it recovers from a"
                    + " majority of the others before it counts as one of them. Asks first; without a terminal it needs"
                    + " --yes. Refused for algorithms that cannot tell what a wiped node had promised, and in clusters of"
                    + " fewer than three nodes.",
            "Exits with 0 if all of them were wiped; with 1 if the answer was no; with 4 if one runs, or if too few"
                    + " would be left to recover from; with 64 if nodes of this cluster can never be wiped; with 69 if a"
                    + " folder cannot be emptied."
        })
final class WipeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Parameters(
            paramLabel = "NODE",
            arity = "1..*",
            description = "Names, or what they are now: n1, leader, follower, followers, random(2), all.")
    private List<String> nodes = new ArrayList<>();

    @Option(names = "--force", description = "Kill those that run.")
    private boolean force;

    @Option(
            names = "--past-recovery",
            description = "Wipe even if too few are left to recover from: nobody may ever recover then.")
    private boolean pastRecovery;

    @Mixin
    private YesOption yes = new YesOption();

    WipeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var cluster = name.in(session);
        var chosen = ids(Selector.of(cluster).select(nodes));
        var wiping = new Wiping(cluster, force, pastRecovery);
        wiping.check(chosen);
        if (!yes.agreed(
                session, "wipe " + String.join(", ", chosen) + " of '" + cluster.name() + "', with all their data")) {
            session.say("nothing was wiped");
            return Exit.NO;
        }
        HomeLock.forCluster(session.home(), cluster.name(), () -> wipe(cluster, wiping, chosen));
        return Exit.OK;
    }

    private boolean wipe(Cluster cluster, Wiping wiping, List<String> chosen) {
        wiping.wipe(chosen);
        var command = "dcluster restart -N " + cluster.name() + " " + String.join(" ", chosen);
        session.say(
                "wiped " + String.join(", ", chosen) + "; '" + command + "' starts again what was wiped, to recover");
        return true;
    }

    private static List<String> ids(List<ClusterProcess> processes) {
        return processes.stream().map(ClusterProcess::id).collect(Collectors.toList());
    }
}
