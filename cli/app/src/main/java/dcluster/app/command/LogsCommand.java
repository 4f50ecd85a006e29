package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.LogReader;
import dcluster.app.process.Patience;
import dcluster.app.process.Selector;
import dcluster.app.process.Unreadable;
import dcluster.app.terminal.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = {
            "Show what nodes have logged, over all their runs.",
            "The latest 16 to 32 MiB of each node are kept."
        })
final class LogsCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Parameters(
            paramLabel = "NODE",
            arity = "0..*",
            description = "Whose: names or roles, as n1 or leader; by default all.")
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = {"-f", "--follow"},
            description = "Show what is logged from now on as well, until ctrl-C.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "COUNT", description = "Only the last lines of each.")
    private @Nullable Integer tail;

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var cluster = name.in(session);
        var ids = nodes.isEmpty() ? all(cluster) : ids(Selector.of(cluster).select(nodes));
        var follower = new LogFollower(session, cluster.folder(), ids);
        ids.forEach(id -> past(cluster, id, follower));
        session.out().flush();
        while (follow && cluster.folder().exists() && !session.out().checkError()) {
            follower.printNew();
            Patience.pause();
        }
        return Exit.OK;
    }

    /** Whoever's record cannot be read has logged all the same. */
    private static List<String> all(Cluster cluster) {
        var unreadable = cluster.unreadable().stream().map(Unreadable::id).filter(id -> !id.isEmpty());
        return Stream.concat(ids(cluster.processes()).stream(), unreadable).toList();
    }

    private static List<String> ids(List<ClusterProcess> processes) {
        return processes.stream().map(ClusterProcess::id).toList();
    }

    private void past(Cluster cluster, String id, LogFollower follower) {
        var log = cluster.folder().log(id);
        var reader = LogReader.ofAll(log);
        var lines = tail == null ? reader.next() : reader.last(tail);
        if (lines.isEmpty() && LogReader.size(log) == 0) {
            session.say(id + " has logged nothing yet");
        }
        for (; !lines.isEmpty(); lines = tail == null ? reader.next() : List.of()) {
            lines.forEach(line -> follower.print(id, line));
        }
    }
}
