package dcluster.app.command;

import dcluster.app.member.MutantConsent;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.start.ClusterStart;
import dcluster.app.start.Plan;
import dcluster.app.start.Planner;
import dcluster.app.start.Reconfiguration;
import dcluster.app.terminal.Exit;
import dcluster.config.ClusterFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        description = {
            "Start a cluster and wait until it serves.",
            "Each node becomes a background process. Of a cluster that runs already, only what is missing is"
                    + " started. If it is not ready in time, or a node ends, what was started is stopped again and the"
                    + " log that explains why is shown."
        })
final class StartCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ClusterFileOptions wanted = new ClusterFileOptions();

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long it may take until the cluster serves; by default ${DEFAULT-VALUE}.")
    private Duration wait = Duration.ofSeconds(30);

    @Option(
            names = "--reconfigure",
            description = "Start a cluster that is there and stopped by another file: the one of -c, or its own if none"
                    + " is named, with what the command line says instead. It keeps its name, its data and, where any"
                    + " will do, its ports. Refused if its algorithm cannot go on so; taken back if the start fails.")
    private boolean reconfigure;

    @Option(names = "--dry-run", description = "Print the cluster file with everything resolved, and start nothing.")
    private boolean dryRun;

    @Option(names = "--foreground", description = "Show the logs as they come, and stop the cluster at ctrl-C.")
    private boolean foreground;

    @Option(names = "--retain", description = "If it fails, leave processes and files as they are.")
    private boolean retain;

    StartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var planner = new Planner(session.clusters(), wanted.wanted(name.name()), plugins.in(session.home()));
        var change = reconfigure ? Optional.of(planner.reconfiguration()) : Optional.<Reconfiguration>empty();
        var config = change.map(Reconfiguration::plan).orElseGet(planner::plan).config();
        if (dryRun) {
            change.ifPresent(this::tell);
            format.in(session).line(ClusterFile.write(config).stripTrailing());
            return Exit.OK;
        }
        MutantConsent.require(config, session::say);
        return reconfigure ? start(planner.reconfigure()) : start(planner.prepare(), Optional.empty());
    }

    private int start(Reconfiguration change) {
        tell(change);
        return start(change.plan(), Optional.of(() -> takeBack(change)));
    }

    private void takeBack(Reconfiguration change) {
        if (change.undo()) {
            session.say("the cluster '" + change.plan().cluster().name() + "' is configured as it was before");
        }
    }

    private int start(Plan plan, Optional<Runnable> undo) {
        long begin = System.nanoTime();
        var ids =
                plan.config().members().all().map(member -> member.id().name()).toList();
        var attached = new Foreground(session, plan.cluster(), ids);
        var start = new ClusterStart(session.clusters(), session.terms(wait, retain));
        var started = undo.map(each -> start.run(plan, each)).orElseGet(() -> start.run(plan));
        tell(plan, started, (System.nanoTime() - begin) / 1e9);
        print(plan.cluster(), started);
        return foreground ? attached.run() : Exit.OK;
    }

    private void tell(Reconfiguration change) {
        change.told().forEach(session::say);
    }

    private void tell(Plan plan, List<String> started, double seconds) {
        var cluster = "the cluster '" + plan.cluster().name() + "' ";
        if (started.isEmpty()) {
            session.say(cluster + "runs already");
            return;
        }
        var nodes = plan.config().members().nodes();
        session.say(cluster + "is ready: " + plan.config().algorithm().name() + " on " + nodes.size()
                + (nodes.size() == 1 ? " node" : " nodes") + ", after " + String.format("%.2f s", seconds));
    }

    private void print(Cluster cluster, List<String> started) {
        var rows = cluster.processes().stream()
                .map(process -> row(cluster, process, started))
                .toList();
        format.in(session).list(List.of("node", "state", "pid", "clientPort", "adminPort"), rows);
    }

    private static Map<String, Object> row(Cluster cluster, ClusterProcess process, List<String> started) {
        var member = process.record().member();
        var row = new LinkedHashMap<String, Object>();
        row.put("cluster", cluster.name());
        row.put("node", process.id());
        row.put("state", started.contains(process.id()) ? "started" : "running");
        row.put("pid", process.record().pid());
        row.put("host", member.host());
        row.put("clientPort", member.clientPort());
        row.put("peerPort", member.peerPort());
        row.put("adminPort", member.adminPort());
        row.put("log", cluster.folder().log(process.id()).toString());
        return row;
    }
}
