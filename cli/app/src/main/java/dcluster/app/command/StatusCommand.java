package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.Patience;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Terminal.Style;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = {
            "Show what each node of a cluster is and holds.",
            "Exits with 0 if all are ready, with 5 if one has crashed, else with 4. One whose peers refuse it is not"
                    + " ready, and why is told. Nodes that have applied"
                    + " the same index and show the same state hash hold the same data. Work that takes long, as"
                    + " moving keys to nodes that join, is shown as long as it is under way."
        },
        footer = {
            "",
            "JSON: cluster; algorithm; options, the algorithm's, in camel case; healthy; and nodes, each"
                    + " with node, state (running, stopped, killed, crashed, or unreadable if its record is, with the file), ready, role, leader, applied,"
                    + " stateHash, details (the algorithm's own figures, such as term and commit, and underWay while"
                    + " there is work of which it tells how far it is), incarnation"
                    + " (starts on its data), uptimeMillis, peers (node, connected), journal (bytes, syncs), pid,"
                    + " host, clientPort, peerPort, adminPort. What a node that does not answer would say is null."
                    + " ndjson: a line a node."
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    private final Session session;

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(names = "--watch", description = "Show it again every second, until ctrl-C.")
    private boolean watch;

    @Option(names = "--wide", description = "Show all figures of the algorithm, pids and ports; JSON has them always.")
    private boolean wide;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var cluster = name.in(session);
        if (!watch) {
            return show(cluster);
        }
        while (cluster.folder().exists() && !session.out().checkError()) {
            if (session.terminal().output()) {
                session.out().print(CLEAR_SCREEN);
            }
            show(cluster);
            Patience.of(INTERVAL).until(() -> false);
        }
        return Exit.UNHEALTHY;
    }

    private int show(Cluster cluster) {
        var view = ClusterView.of(cluster);
        var output = format.in(session);
        switch (format.format()) {
            case TABLE -> {
                output.line(heading(view));
                output.list(view.columns(wide), view.rows());
                view.complaints().forEach(session::say);
            }
            case JSON -> output.object(view.toJson());
            case NDJSON -> output.list(view.columns(wide), view.nodes());
        }
        return view.exit();
    }

    private String heading(ClusterView view) {
        var verdict = view.exit() == Exit.OK ? "healthy" : "not healthy";
        return session.terminal().style(Style.BOLD, "cluster " + view.name()) + ": " + view.algorithm() + ", "
                + session.terminal().style(view.exit() == Exit.OK ? Style.GREEN : Style.RED, verdict) + ", "
                + view.readyCount() + " of " + view.nodeCount() + " ready";
    }
}
