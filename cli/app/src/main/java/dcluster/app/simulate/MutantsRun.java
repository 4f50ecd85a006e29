package dcluster.app.simulate;

import dcluster.app.start.Wanted;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Progress;
import dcluster.config.Algorithms;
import dcluster.lab.simulation.MutantHunt;
import dcluster.lab.simulation.MutantHunt.Row;
import dcluster.lab.simulation.Report.Broken;
import dcluster.lab.simulation.Seeds;
import dcluster.lab.simulation.Terms;
import dcluster.spi.Mutant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each mutant seed after seed until one catches it, and prints which did. */
public final class MutantsRun {
    private final Wanted wanted;
    private final Algorithms algorithms;
    private final Seeds seeds;

    public MutantsRun(Wanted wanted, Algorithms algorithms, Seeds seeds) {
        this.wanted = wanted;
        this.algorithms = algorithms;
        this.seeds = seeds;
    }

    /** The exit code: a mutant that nothing catches is a failure of the simulation. */
    public int run(int threads, Output output, Progress progress) {
        var hunt = new MutantHunt(Terms.DEFAULT, seeds);
        var rows = new ArrayList<Row>();
        for (var provider : algorithms.all()) {
            if (provider instanceof Mutant) {
                progress.underWay(provider.name());
                rows.add(hunt.hunt(Subjects.of(wanted.withVariant(provider.name()), algorithms), threads));
            }
        }
        progress.clear();
        if (rows.isEmpty()) {
            throw new Failure(Exit.USAGE, "no plugin holds a mutant: a provider that is marked as dcluster.spi.Mutant");
        }
        output.list(
                List.of("mutant", "caughtBy", "afterSeeds"),
                rows.stream().map(MutantsRun::shown).toList());
        return rows.stream().allMatch(row -> row.caught().isPresent()) ? Exit.OK : Exit.NO;
    }

    private static Map<String, @Nullable Object> shown(Row row) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("mutant", row.mutant());
        shown.put("caughtBy", row.caught().map(Broken::property).orElse("nothing"));
        shown.put("afterSeeds", row.seeds());
        shown.put("seed", row.caught().map(Broken::seed).orElse(null));
        shown.put("what", row.caught().map(Broken::what).orElse(null));
        shown.put("flaw", row.flaw());
        return shown;
    }
}
