package dcluster.app.simulate;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Progress;
import dcluster.lab.simulation.BeyondHunt;
import dcluster.lab.simulation.BeyondHunt.Found;
import dcluster.lab.simulation.Report;
import dcluster.lab.simulation.Report.Broken;
import dcluster.lab.simulation.Report.Met;
import dcluster.lab.simulation.Seeds;
import dcluster.lab.simulation.Terms;
import dcluster.simulation.Beyond;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a campaign under faults that the algorithm does not claim to survive: it is well if it finds a violation. */
public final class BeyondRun {
    private final Simulated simulated;
    private final Beyond beyond;
    private final Seeds seeds;

    /** {@code simulated} is put under those faults already. */
    public BeyondRun(Simulated simulated, Beyond beyond, Seeds seeds) {
        this.simulated = simulated;
        this.beyond = beyond;
        this.seeds = seeds;
    }

    /** The exit code: finding nothing is a failure of the simulation, or the algorithm claims too little. */
    public int run(int threads, Output output, Progress progress) {
        var hunt = new BeyondHunt(simulated.subject(), Terms.DEFAULT, seeds);
        var found = hunt.run(
                threads,
                () -> progress.underWay(
                        String.format(Locale.ROOT, "%,d of %,d seeds, no violation yet", hunt.done(), seeds.count())));
        progress.clear();
        if (output.isTable()) {
            print(found, output);
        } else {
            output.object(json(found));
        }
        return found.isOwedToThem() ? Exit.OK : Exit.NO;
    }

    // For people

    private void print(Found found, Output output) {
        found.report().broken().ifPresent(broken -> {
            output.line("seed " + broken.seed() + " breaks " + broken.property() + ": " + broken.what());
            output.line("    " + simulated.replay(broken.seed()));
            output.line("");
        });
        output.line(conclusion(found));
    }

    /** The last line. */
    private String conclusion(Found found) {
        var name = simulated.subject().algorithm().name();
        var rests = String.format(
                Locale.ROOT,
                "%,d %s, %,d %s",
                found.report().volume().seeds(),
                found.report().volume().seeds() == 1 ? "seed" : "seeds",
                felt(found.report()),
                beyond.word().replace('-', ' '));
        if (found.report().broken().isEmpty()) {
            return "blind: " + rests
                    + ", and no violation; a simulation that sees nothing there proves nothing elsewhere";
        }
        return found.otherwise()
                .map(broken -> "violation, but not of those faults alone: without them the seed breaks "
                        + broken.property() + ", too; " + rests)
                .orElseGet(() -> "violation, as it must be: " + name + " does not claim to survive "
                        + beyond.word().replace('-', ' ') + ", and without them the seed breaks nothing; " + rests);
    }

    private long felt(Report report) {
        return report.coverage().faults().stream()
                .filter(met -> met.what().equals(beyond.kind()))
                .mapToLong(Met::times)
                .sum();
    }

    // For programs

    private Map<String, @Nullable Object> json(Found found) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("beyond", beyond.word());
        json.put("algorithm", simulated.subject().algorithm().name());
        json.put("found", found.isOwedToThem());
        json.put("broken", found.report().broken().map(this::broken).orElse(null));
        json.put("without", found.otherwise().map(Broken::property).orElse(null));
        json.put("tookEffect", felt(found.report()));
        json.put("seeds", found.report().volume().seeds());
        return json;
    }

    private Map<String, @Nullable Object> broken(Broken broken) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("seed", broken.seed());
        json.put("property", broken.property());
        json.put("what", broken.what());
        json.put("replay", simulated.replay(broken.seed()));
        return json;
    }
}
