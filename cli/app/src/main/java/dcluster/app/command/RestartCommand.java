package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.HomeLock;
import dcluster.app.process.Selector;
import dcluster.app.start.PortCheck;
import dcluster.app.start.Starting;
import dcluster.app.start.StoredFile;
import dcluster.app.terminal.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart",
        description = {
            "Stop nodes and start them again on their data.",
            "Nodes that do not run, because they crashed or were killed, are started. Several are restarted"
                    + " together. Those that are not ready in time are left to go on. Exits with 4 then, and at once with"
                    + " the reason if the others refuse one."
        })
final class RestartCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Session session;

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Parameters(
            paramLabel = "NODE",
            arity = "1..*",
            description = "Names, or what they are now: n1, leader, follower, followers, random(2), all, coordinator.")
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long it may take until they are ready; by default ${DEFAULT-VALUE}.")
    private Duration wait = Duration.ofSeconds(30);

    RestartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var cluster = name.in(session);
        HomeLock.forCluster(session.home(), cluster.name(), () -> restart(cluster));
        return Exit.OK;
    }

    private boolean restart(Cluster cluster) {
        var chosen = Selector.of(cluster).select(nodes);
        StoredFile.check(cluster);
        cluster.stop(chosen.stream().filter(ClusterProcess::isRunning).toList(), STOP);
        var records = chosen.stream().map(ClusterProcess::record).toList();
        var check = new PortCheck(session.clusters().all());
        records.forEach(record -> check.check(record.member()));
        new Starting(cluster, session.terms(wait, true), () -> {}).untilHealthy(records);
        session.say("ready again: " + chosen.stream().map(ClusterProcess::id).collect(Collectors.joining(", ")));
        return true;
    }
}
