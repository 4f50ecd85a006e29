package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.Patience;
import dcluster.app.terminal.Exit;
import java.time.Duration;
import java.util.List;

/** Stays with a cluster: shows its logs as they come, and stops it when the command is interrupted. */
final class Foreground {
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Session session;
    private final Cluster cluster;
    private final LogFollower logs;

    /** Shows what is logged from now on. */
    Foreground(Session session, Cluster cluster, List<String> ids) {
        this.session = session;
        this.cluster = cluster;
        this.logs = new LogFollower(session, cluster.folder(), ids);
    }

    /** Ends when no process of the cluster is left; with an interruption it does not return. */
    int run() {
        session.say("showing the logs; ctrl-C stops the cluster");
        var interrupt = session.cleanUps().onInterrupt(() -> cluster.stop(cluster.running(), STOP));
        try {
            while (cluster.isRunning()) {
                logs.printNew();
                Patience.pause();
            }
            logs.printNew();
        } finally {
            interrupt.close();
        }
        boolean crashed = cluster.processes().stream().anyMatch(each -> each.state() == ClusterProcess.State.CRASHED);
        session.say("no process of the cluster '" + cluster.name() + "' is left");
        return crashed ? Exit.CRASHED : Exit.OK;
    }
}
