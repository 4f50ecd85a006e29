package dcluster.app.bench;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.start.StartTerms;
import dcluster.app.start.Starting;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Strikes the leaders of clusters that run while a client writes. In each round each strike meets all clusters, one after
 * the other, so that what else the machine does meets all alike. What goes wrong with one strike is told with it, and the
 * others follow; once a process has crashed by itself nothing is struck any more.
 */
public final class FailoverRun {
    private final Failover wanted;
    private final List<Benched> clusters;
    private final StartTerms terms;
    private final Scene.Pace pace;
    private final Progress progress;
    private final SplittableRandom random;
    private final List<String> crashedAtStart = new ArrayList<>();
    private int strikes;

    /** {@code terms} are those on which nodes that were killed are started again. */
    public FailoverRun(Failover wanted, List<Benched> clusters, StartTerms terms) {
        this(wanted, clusters, terms, Scene.Pace.USUAL);
    }

    FailoverRun(Failover wanted, List<Benched> clusters, StartTerms terms, Scene.Pace pace) {
        this.wanted = wanted;
        this.clusters = List.copyOf(clusters);
        this.terms = terms;
        this.pace = pace;
        this.progress = terms.progress();
        this.random = new SplittableRandom(wanted.seed());
    }

    /** All of it. */
    public FailoverView run() {
        double loadBefore = Machine.load();
        var rows = new ArrayList<FailoverView.Row>();
        for (var cluster : clusters) {
            for (var strike : Strike.values()) {
                rows.add(new FailoverView.Row(cluster, strike, new ArrayList<>()));
            }
        }
        var turns = rows.stream()
                .sorted(Comparator.comparing(FailoverView.Row::strike))
                .toList();
        for (int round = 1; round <= wanted.rounds(); round++) {
            play(round, turns);
        }
        progress.clear();
        return new FailoverView(wanted, Machine.words(loadBefore), rows, crashed());
    }

    private void play(int round, List<FailoverView.Row> turns) {
        for (var row : turns) {
            if (!crashed().isEmpty()) {
                return;
            }
            progress.underWay("round " + round + " of " + wanted.rounds() + ": " + row.strike() + ", "
                    + row.benched().variant());
            var felt = strike(row.benched().cluster(), row.strike());
            row.rounds().add(crashed().isEmpty() ? restarted(row.benched(), felt) : felt);
        }
    }

    /** By themselves, of all clusters. */
    private List<String> crashed() {
        var crashed = new ArrayList<>(crashedAtStart);
        clusters.forEach(each -> crashed.addAll(each.crashed()));
        return crashed;
    }

    private Felt strike(Cluster cluster, Strike strike) {
        try {
            var scene = Scene.of(cluster, random, pace);
            return scene.play(strike, "bench:failover:" + ++strikes, random);
        } catch (Failure e) {
            return Felt.nothing(String.valueOf(e.getMessage()));
        }
    }

    /** Whoever was killed runs again, and whoever should have after an earlier strike and was not ready in time. */
    private Felt restarted(Benched benched, Felt felt) {
        var down = benched.cluster().processes().stream()
                .filter(each -> !each.isRunning() && each.state() != ClusterProcess.State.CRASHED)
                .map(ClusterProcess::record)
                .toList();
        if (down.isEmpty()) {
            return felt;
        }
        try {
            new Starting(benched.cluster(), terms, () -> {}).untilHealthy(down);
            return felt;
        } catch (Failure e) {
            if (e.exit() == Exit.CRASHED) {
                crashedAtStart.add(benched.variant() + ": " + e.getMessage());
                return felt;
            }
            return felt.with("it was not started again: " + e.getMessage());
        }
    }
}
