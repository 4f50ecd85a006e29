package dcluster.app.bench;

import dcluster.app.process.Cluster;
import dcluster.app.start.StartTerms;
import dcluster.app.start.Starting;
import dcluster.app.terminal.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Strikes the leaders of clusters that run while a client writes. In each round each strike meets all clusters, one after
 * the other, so that what else the machine does meets all alike.
 */
public final class FailoverRun {
    private final Failover wanted;
    private final List<Benched> clusters;
    private final StartTerms terms;
    private final Progress progress;
    private final SplittableRandom random;
    private int strikes;

    /** {@code terms} are those on which nodes that were killed are started again. */
    public FailoverRun(Failover wanted, List<Benched> clusters, StartTerms terms) {
        this.wanted = wanted;
        this.clusters = List.copyOf(clusters);
        this.terms = terms;
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
        for (int round = 1; round <= wanted.rounds(); round++) {
            for (var strike : Strike.values()) {
                strike(
                        round,
                        rows.stream().filter(row -> row.strike() == strike).toList());
            }
        }
        progress.clear();
        return new FailoverView(wanted, Machine.words(loadBefore), rows);
    }

    private void strike(int round, List<FailoverView.Row> rows) {
        for (var row : rows) {
            progress.underWay("round " + round + " of " + wanted.rounds() + ": " + row.strike() + ", "
                    + row.benched().variant());
            row.rounds().add(strike(row.benched(), row.strike()));
        }
    }

    private Felt strike(Benched benched, Strike strike) {
        var cluster = benched.cluster();
        var felt = Scene.of(cluster, random).play(strike, "bench:failover:" + ++strikes, random);
        if (strike == Strike.CRASH) {
            restart(cluster, felt.leader());
        }
        return felt;
    }

    private void restart(Cluster cluster, String killed) {
        cluster.process(killed)
                .filter(process -> !process.isRunning())
                .ifPresent(process -> new Starting(cluster, terms, () -> {}).untilHealthy(List.of(process.record())));
    }
}
