package dcluster.app.bench;

import dcluster.app.bench.CrashesPlan.Variant;
import dcluster.app.terminal.Progress;
import dcluster.config.Algorithms;
import dcluster.lab.crashes.Blocking;
import dcluster.lab.crashes.Blocking.Blocked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Measures the blocking of each variant, one after the other, in one thread. */
public final class BlockingRun {
    private final BlockingTable.Terms terms;
    private final Algorithms algorithms;
    private final Progress progress;

    public BlockingRun(BlockingTable.Terms terms, Algorithms algorithms, Progress progress) {
        this.terms = terms;
        this.algorithms = algorithms;
        this.progress = progress;
    }

    /** All of it. */
    public BlockingTable run() {
        var rows = new ArrayList<BlockingTable.Row>();
        for (var variant : terms.variants()) {
            rows.add(new BlockingTable.Row(variant, terms.runs(), measured(variant)));
        }
        progress.clear();
        return new BlockingTable(terms, rows);
    }

    private List<Blocked> measured(Variant variant) {
        var population = SimulatedVariant.of(variant.text(), algorithms);
        return LongStream.range(terms.seed(), terms.seed() + terms.runs())
                .mapToObj(seed -> {
                    progress.underWay(variant.text() + ": seed " + seed);
                    return Blocking.measure(population, of(seed));
                })
                .flatMap(Optional::stream)
                .toList();
    }

    private Blocking.Terms of(long seed) {
        return new Blocking.Terms(terms.when(), terms.down(), terms.keys(), terms.clients(), seed);
    }
}
