package dcluster.app.simulate;

import dcluster.app.start.Wanted;
import dcluster.app.terminal.CleanUps;
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
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Mutant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Gives each mutant seed after seed until one catches it, and prints which did. */
public final class MutantsRun {
    private final Wanted wanted;
    private final Algorithms algorithms;
    private final Seeds seeds;
    private final Output output;
    private final List<Row> rows = new CopyOnWriteArrayList<>();
    private volatile boolean interrupted;

    public MutantsRun(Wanted wanted, Algorithms algorithms, Seeds seeds, Output output) {
        this.wanted = wanted;
        this.algorithms = algorithms;
        this.seeds = seeds;
        this.output = output;
    }

    /** The exit code: a mutant that nothing catches is a failure of the simulation. */
    public int run(int threads, Progress progress, CleanUps cleanUps) {
        var mutants = mutants();
        if (mutants.isEmpty()) {
            throw new Failure(Exit.USAGE, "no plugin holds a mutant: a provider that is marked as dcluster.spi.Mutant");
        }
        var interruption = cleanUps.onInterrupt(() -> interrupted(progress));
        hunt(mutants, threads, progress);
        interruption.close();
        progress.clear();
        print();
        return rows.stream().allMatch(row -> row.caught().isPresent()) ? Exit.OK : Exit.NO;
    }

    private List<String> mutants() {
        return algorithms.all().stream()
                .filter(Mutant.class::isInstance)
                .map(AlgorithmProvider::name)
                .toList();
    }

    private void hunt(List<String> mutants, int threads, Progress progress) {
        var hunt = new MutantHunt(Terms.DEFAULT, seeds);
        for (var mutant : mutants) {
            if (interrupted) {
                return;
            }
            progress.underWay(mutant);
            rows.add(hunt.hunt(Subjects.of(wanted.withVariant(mutant), algorithms), threads));
        }
    }

    /** The mutant whose turn it is has no row: nobody knows yet what becomes of it. */
    void interrupted(Progress progress) {
        interrupted = true;
        progress.clear();
        print();
        if (output.isTable()) {
            output.line("interrupted: " + rows.size() + " of " + mutants().size() + " mutants");
        }
    }

    private void print() {
        output.list(
                List.of("mutant", "caughtBy", "afterSeeds"),
                rows.stream().map(MutantsRun::shown).toList());
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
