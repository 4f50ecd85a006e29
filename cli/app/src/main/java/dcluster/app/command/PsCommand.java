package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ps",
        description = {
            "List all clusters and their processes, or those of one.",
            "A process is running; stopped, if it was stopped or never started; killed, if a command killed"
                    + " it; or crashed. One whose record cannot be read is unreadable: then the file is named, and"
                    + " what to do."
        })
final class PsCommand implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("cluster", "node", "state", "pid", "clientPort", "peerPort", "adminPort", "uptime", "file");

    private final Session session;

    @Option(
            names = {"-N", "--cluster"},
            paramLabel = "NAME",
            description = "Only this cluster.")
    private @Nullable String name;

    @Mixin
    private FormatOption format = new FormatOption();

    PsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var clusters = name == null ? session.clusters().all() : List.of(ClusterOption.named(session, name));
        var output = format.in(session);
        var rows = clusters.stream()
                .flatMap(cluster -> rows(cluster, output.isTable()))
                .toList();
        if (rows.isEmpty() && output.isTable()) {
            session.say("no clusters in " + session.home().folder() + "; 'dcluster start' starts one");
        } else {
            output.list(COLUMNS, rows);
        }
        clusters.forEach(cluster -> cluster.unreadable().forEach(each -> session.say(each.told())));
        return Exit.OK;
    }

    private static Stream<Map<String, @Nullable Object>> rows(Cluster cluster, boolean people) {
        return Stream.concat(
                cluster.processes().stream().map(process -> row(cluster, process, people)),
                cluster.unreadable().stream().map(each -> UnreadableRow.of(cluster, each)));
    }

    private static Optional<Duration> uptime(ClusterProcess process) {
        return process.running()
                .filter(running -> running.startedMillis() != 0)
                .map(running -> Duration.between(Instant.ofEpochMilli(running.startedMillis()), Instant.now()));
    }

    private static Map<String, @Nullable Object> row(Cluster cluster, ClusterProcess process, boolean people) {
        var member = process.record().member();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("cluster", cluster.name());
        row.put("node", process.id());
        row.put("state", process.state());
        row.put("pid", process.running().map(running -> (Object) running.pid()).orElse(null));
        row.put("host", member.host());
        row.put("clientPort", member.clientPort());
        row.put("peerPort", member.peerPort());
        row.put("adminPort", member.adminPort());
        if (people) {
            row.put("uptime", uptime(process).map(Spans::shown).orElse(null));
        } else {
            row.put("uptimeMillis", uptime(process).map(Duration::toMillis).orElse(null));
        }
        row.put("folder", cluster.folder().path().toString());
        return row;
    }
}
