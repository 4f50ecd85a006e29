package dcluster.app.demo;

import dcluster.app.client.NodeReport;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.Clusters;
import dcluster.app.process.Patience;
import dcluster.app.process.Selector;
import dcluster.app.start.ClusterStart;
import dcluster.app.start.Plan;
import dcluster.app.start.Planner;
import dcluster.app.start.PortCheck;
import dcluster.app.start.StartTerms;
import dcluster.app.start.Starting;
import dcluster.app.start.Wanted;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import dcluster.config.Overrides;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The demonstration, step by step. Used once. */
public final class Demo {
    private static final int CLIENTS = 4;
    private static final int WRITES = 1_000;
    private static final Duration STEP = Duration.ofSeconds(60);
    private static final Duration ASK = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Clusters clusters;
    private final StartTerms terms;
    private final Progress progress;
    private final Narrator narrator;
    private final Ledger ledger = new Ledger();
    private final Map<String, @Nullable Object> result = new LinkedHashMap<>();

    /** In a home that nobody else uses; whoever made it removes it. */
    public Demo(Clusters clusters, StartTerms terms, Narrator narrator) {
        this.clusters = clusters;
        this.terms = terms;
        this.progress = terms.progress();
        this.narrator = narrator;
    }

    /**
     * Plays it through.
     *
     * @return figures of this run by name; {@code lost} is the count of acknowledged writes that were lost
     * @throws Failure if the cluster does not do what it must for the next step
     */
    public Map<String, @Nullable Object> play() {
        var cluster = start();
        var victim = writeAndKill(cluster);
        readBack(cluster, "read everything back");
        restart(cluster, victim);
        readBack(cluster, "read everything again, with " + victim.id() + " among them");
        cluster.stop(cluster.running(), STOP);
        narrator.step("stopped all three");
        return result;
    }

    private Cluster start() {
        var overrides = new Overrides(Optional.empty(), OptionalInt.empty(), Optional.of("demo"), List.of("port=0"));
        long begin = System.nanoTime();
        Plan plan = new Planner(clusters, new Wanted(Optional.empty(), overrides), List.of()).prepare();
        var started = new ClusterStart(clusters, terms).run(plan);
        long millis = millisSince(begin);
        result.put("startMillis", millis);
        narrator.step("started " + String.join(", ", started)
                + " as processes of their own; the first write succeeded after " + seconds(millis));
        return plan.cluster();
    }

    /**
     * Kills the leader while clients write, and has them go on until as much again is written. Gives who was killed.
     */
    private ClusterProcess writeAndKill(Cluster cluster) {
        var clients = new Clients(CLIENTS, cluster.members(), ledger);
        try {
            awaitWrites(WRITES);
            narrator.step(CLIENTS + " clients write through RESP, to any node: " + count(WRITES)
                    + " writes are acknowledged");
            var victim = Selector.of(cluster).select(List.of("leader")).get(0);
            kill(cluster, victim);
            return victim;
        } finally {
            clients.stop();
        }
    }

    private void kill(Cluster cluster, ClusterProcess victim) {
        ledger.watch();
        int before = ledger.acknowledgedCount();
        cluster.kill(List.of(victim));
        narrator.step("kill -9 of " + victim.id() + ", which leads, while they go on writing");
        awaitWrites(before + WRITES);
        long outage = ledger.longestGap().toMillis();
        result.put("killed", victim.id());
        result.put("outageMillis", outage);
        narrator.step("writes were out for " + outage + " ms; now " + leader(cluster) + " leads, and " + count(WRITES)
                + " more are acknowledged");
    }

    private void awaitWrites(int target) {
        progress.underWay("clients write");
        boolean reached = Patience.of(STEP)
                .until(() -> ledger.acknowledgedCount() >= target
                        || !ledger.complaints().isEmpty());
        progress.clear();
        if (!ledger.complaints().isEmpty()) {
            throw new Failure(Exit.NO, String.join("; ", ledger.complaints()));
        }
        if (!reached) {
            throw new Failure(
                    Exit.UNHEALTHY,
                    "only " + ledger.acknowledgedCount() + " of " + target + " writes were acknowledged within "
                            + STEP.toSeconds() + " s");
        }
    }

    private void readBack(Cluster cluster, String what) {
        progress.underWay("reading");
        var found = ReadBack.at(cluster.running().get(0).member(), ledger);
        progress.clear();
        int acknowledged = ledger.acknowledgedCount();
        result.put("acknowledged", acknowledged);
        result.put("unknown", found.openCount());
        result.put("lost", found.lost().size());
        if (!found.lost().isEmpty()) {
            throw new Failure(
                    Exit.NO,
                    found.lost().size() + " of " + acknowledged + " acknowledged writes are lost: "
                            + found.lost().stream().limit(10).collect(Collectors.joining(", ")));
        }
        narrator.step(what + ": all " + count(acknowledged) + " acknowledged writes are there; of " + found.openCount()
                + " with an unknown outcome, " + found.openThereCount() + " had happened");
    }

    private void restart(Cluster cluster, ClusterProcess victim) {
        long begin = System.nanoTime();
        new PortCheck(clusters.all()).check(victim.member());
        new Starting(cluster, terms, () -> {}).untilHealthy(List.of(victim.record()));
        progress.underWay("waiting for equal states");
        if (!Patience.of(STEP).until(() -> agreed(reports(cluster)))) {
            progress.clear();
            throw new Failure(Exit.NO, "the nodes do not come to the same state: " + states(reports(cluster)));
        }
        progress.clear();
        var reports = reports(cluster);
        var hash = reports.iterator().next().status().get("stateHash");
        result.put("restartMillis", millisSince(begin));
        result.put("stateHash", hash);
        narrator.step("restarted " + victim.id() + ": it reads its journal and catches up in "
                + seconds(millisSince(begin)) + "; all three hold the same state, hash " + hash);
    }

    private static Collection<NodeReport> reports(Cluster cluster) {
        return NodeReport.ask(cluster.members(), ASK).values();
    }

    private static boolean agreed(Collection<NodeReport> reports) {
        return reports.stream().allMatch(NodeReport::healthy)
                && reports.stream().map(Demo::state).distinct().count() == 1;
    }

    private static String state(NodeReport report) {
        return report.status().get("applied") + "/" + report.status().get("stateHash");
    }

    private static List<String> states(Collection<NodeReport> reports) {
        return reports.stream().map(Demo::state).toList();
    }

    private static String leader(Cluster cluster) {
        return Selector.of(cluster).select(List.of("leader")).get(0).id();
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static String seconds(long millis) {
        return String.format("%.2f s", millis / 1000.0);
    }

    private static String count(int number) {
        return String.format("%,d", number);
    }
}
