package dcluster.app.start;

import dcluster.app.client.NodeReport;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.Patience;
import dcluster.app.process.ProcessRecord;
import dcluster.app.process.ProcessRecord.Expected;
import dcluster.app.terminal.CleanUps;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Launches processes of a cluster and waits until they serve. If that fails or is interrupted, it ends those that it
 * launched, unless it is to retain them.
 */
public final class Starting {
    /** What a node's exit code means to whoever started it; all others are crashes. */
    private static final Map<Integer, Integer> FAILURES =
            Map.of(Exit.BAD_CONFIG, Exit.BAD_CONFIG, Exit.RESOURCE, Exit.RESOURCE, Exit.USAGE, Exit.INTERNAL);

    private static final Duration ASK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration UNDO = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final StartTerms terms;
    private final Runnable undo;
    private final List<Launched> launched = new ArrayList<>();
    private Patience untilNextLook = Patience.of(BETWEEN_LOOKS);
    private boolean undone;

    /** {@code afterUndo} is what else to undo when it fails, once all that was launched has ended. */
    public Starting(Cluster cluster, StartTerms terms, Runnable afterUndo) {
        this.cluster = cluster;
        this.terms = terms;
        this.undo = terms.retain() ? () -> {} : () -> undo(afterUndo);
    }

    /**
     * Launches the processes of these records, and waits until a client's write succeeds and every node of the cluster
     * that runs calls itself ready. Launched or not, each has its record in the cluster's folder.
     *
     * @throws Failure if that does not come about, or cannot, as peers refuse one; its message ends with the lines of
     *     the log that explain it
     */
    public void untilServing(List<ProcessRecord> records) {
        guarded(records, patience -> {
            var probe = new WriteProbe(members(cluster.running()));
            terms.progress().underWay("waiting for the first write to succeed");
            if (!patience.until(() -> noneEnded() && noneRefused() && probe.succeeds())) {
                throw notReady("no write succeeded within " + terms.patience().toMillis() / 1000.0 + " s; "
                        + probe.lastAnswer());
            }
            awaitHealth(patience, cluster.running());
        });
    }

    /**
     * Launches the processes of these records, and waits until each of them calls itself ready.
     *
     * @throws Failure if that does not come about, or cannot, as the peers of one refuse it
     */
    public void untilHealthy(List<ProcessRecord> records) {
        guarded(records, patience -> {
            var ids = records.stream().map(ProcessRecord::id).toList();
            awaitHealth(
                    patience,
                    cluster.running().stream()
                            .filter(each -> ids.contains(each.id()))
                            .toList());
        });
    }

    private interface Wait {
        void await(Patience patience);
    }

    private void guarded(List<ProcessRecord> records, Wait until) {
        boolean reached = false;
        try {
            attempt(records, until);
            reached = true;
        } finally {
            if (!reached) {
                undo.run();
            }
        }
    }

    private void attempt(List<ProcessRecord> records, Wait until) {
        var patience = Patience.of(terms.patience());
        var interrupt = terms.cleanUps().onInterrupt(undo);
        try {
            records.forEach(this::launch);
            if (!records.isEmpty()) {
                terms.progress()
                        .underWay("launched "
                                + launched.stream().map(Launched::id).collect(Collectors.joining(", ")));
            }
            until.await(patience);
            keepBegun();
        } finally {
            interrupt.close();
            terms.progress().clear();
        }
    }

    /** Those that are ready now have promised something, and are never again taken for new. */
    private void keepBegun() {
        var mine = launched.stream().map(Launched::id).toList();
        cluster.folder().records().stream()
                .filter(record -> mine.contains(record.id()) && !record.begun())
                .forEach(record -> cluster.folder().keep(record.beginning()));
    }

    private synchronized void launch(ProcessRecord record) {
        if (undone) {
            CleanUps.awaitEnd();
        }
        launched.add(Launcher.of(System.getenv()).launch(cluster.folder(), record));
    }

    private void awaitHealth(Patience patience, List<ClusterProcess> processes) {
        terms.progress().underWay("waiting for every node to be ready");
        var members = members(processes);
        if (!patience.until(() -> noneEnded() && areHealthy(members))) {
            throw notReady("not ready within " + terms.patience().toMillis() / 1000.0 + " s: "
                    + reasons(NodeReport.ask(members, ASK), report -> !report.healthy()));
        }
    }

    private boolean areHealthy(List<Member> members) {
        var reports = NodeReport.ask(members, ASK);
        requireNoneRefused(reports);
        return reports.values().stream().allMatch(NodeReport::healthy);
    }

    /** While writes do not succeed: looks every so often whether that is because nodes are refused. */
    private boolean noneRefused() {
        if (untilNextLook.isOver()) {
            untilNextLook = Patience.of(BETWEEN_LOOKS);
            requireNoneRefused(NodeReport.ask(members(cluster.running()), ASK));
        }
        return true;
    }

    /** A node that its peers refuse does not get ready by waiting. */
    private void requireNoneRefused(Map<Member, NodeReport> reports) {
        var refusals = reasons(reports, NodeReport::refused);
        if (!refusals.isEmpty()) {
            throw notReady(refusals);
        }
    }

    private static List<Member> members(List<ClusterProcess> processes) {
        return processes.stream().map(ClusterProcess::member).toList();
    }

    private static String reasons(Map<Member, NodeReport> reports, Predicate<NodeReport> which) {
        return reports.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(entry -> entry.getKey().id() + ": " + entry.getValue().reason())
                .collect(Collectors.joining("; "));
    }

    private boolean noneEnded() {
        for (var each : launched) {
            each.exit().ifPresent(exit -> {
                throw ended(each, exit);
            });
        }
        return true;
    }

    private Failure ended(Launched process, int exit) {
        int ours = FAILURES.getOrDefault(exit, Exit.CRASHED);
        return new Failure(
                ours, process.id() + " ended with exit code " + exit + " before it was ready" + logs(List.of(process)));
    }

    private Failure notReady(String why) {
        return new Failure(
                Exit.UNHEALTHY, "the cluster '" + cluster.name() + "' is not ready: " + why + logs(launched));
    }

    private static String logs(List<Launched> processes) {
        var text = new StringBuilder();
        for (var each : processes) {
            text.append("\n--- the end of ").append(each.log());
            each.tail().forEach(line -> text.append("\n    ").append(line));
        }
        return text.toString();
    }

    private synchronized void undo(Runnable afterUndo) {
        if (undone) {
            return;
        }
        undone = true;
        var mine = launched.stream().map(Launched::id).toList();
        cluster.stop(
                cluster.running().stream()
                        .filter(each -> mine.contains(each.id()))
                        .toList(),
                UNDO);
        launched.forEach(each -> cluster.folder().keep(each.record().expecting(Expected.STOPPED)));
        afterUndo.run();
    }
}
