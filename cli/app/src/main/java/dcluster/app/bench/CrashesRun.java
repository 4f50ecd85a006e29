package dcluster.app.bench;

import dcluster.app.bench.CrashesPlan.Numbered;
import dcluster.app.bench.CrashesPlan.Variant;
import dcluster.app.terminal.Progress;
import dcluster.config.Algorithms;
import dcluster.lab.crashes.EveryEvent;
import dcluster.lab.crashes.EveryEvent.Manner;
import dcluster.lab.crashes.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends members at each point of each variant, one after the other, in one thread. */
public final class CrashesRun {
    private final Crashes.Terms terms;
    private final Algorithms algorithms;
    private final Progress progress;

    public CrashesRun(Crashes.Terms terms, Algorithms algorithms, Progress progress) {
        this.terms = terms;
        this.algorithms = algorithms;
        this.progress = progress;
    }

    /** All of it. */
    public Crashes run() {
        var rows = new ArrayList<Crashes.Row>();
        for (var variant : terms.variants()) {
            for (var point : variant.points()) {
                progress.underWay(variant.text() + ": " + point.who() + ", " + point.point());
                rows.add(row(variant, point));
            }
        }
        var every = terms.everyEvent()
                ? Optional.of(terms.variants().stream().map(this::everyEvent).toList())
                : Optional.<List<Crashes.Every>>empty();
        progress.clear();
        return new Crashes(terms, rows, every);
    }

    private Crashes.Row row(Variant variant, Numbered point) {
        var trial = new Trial.Terms(point.victim(), point.point(), point.isAll(), false, terms.down(), terms.seed());
        return new Crashes.Row(variant, point, Trial.run(SimulatedVariant.of(variant.text(), algorithms), trial));
    }

    private Crashes.Every everyEvent(Variant variant) {
        var population = SimulatedVariant.of(variant.text(), algorithms);
        var found = Manner.all().stream()
                .map(manner -> EveryEvent.of(
                        population,
                        manner,
                        terms.down(),
                        terms.seed(),
                        point -> progress.underWay(variant.text() + ": " + manner + ", " + point)))
                .reduce(EveryEvent::plus)
                .orElseThrow();
        return new Crashes.Every(variant, found);
    }
}
