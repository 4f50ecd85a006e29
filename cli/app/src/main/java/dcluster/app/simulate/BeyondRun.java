package dcluster.app.simulate;

import dcluster.app.terminal.CleanUps;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a campaign under faults that the algorithm does not claim to survive: it is well if it finds a violation. */
public final class BeyondRun {
    private final Simulated simulated;
    private final Beyond beyond;
    private final Seeds seeds;
    private final Output output;
    private final Progress progress;
    private final BeyondHunt hunt;
    private volatile boolean interrupted;

    /** {@code simulated} is put under those faults already. */
    public BeyondRun(Simulated simulated, Beyond beyond, Seeds seeds, Output output, Progress progress) {
        this.simulated = simulated;
        this.beyond = beyond;
        this.seeds = seeds;
        this.output = output;
        this.progress = progress;
        this.hunt = new BeyondHunt(simulated.subject(), Terms.DEFAULT, seeds);
    }

    /** The exit code: finding nothing is a failure of the simulation, or the algorithm claims too little. */
    public int run(int threads, CleanUps cleanUps) {
        var interruption = cleanUps.onInterrupt(this::interrupted);
        var found = hunt.run(threads, this::tell);
        interruption.close();
        progress.clear();
        if (output.isTable()) {
            print(found.report(), conclusion(found));
        } else {
            output.object(json(found));
        }
        return found.isOwedToThem() ? Exit.OK : Exit.NO;
    }

    private void tell() {
        if (!interrupted) {
            progress.underWay(
                    String.format(Locale.ROOT, "%,d of %,d seeds, no violation yet", hunt.done(), seeds.count()));
        }
    }

    /** Nobody knows yet what the seeds that are under way break, nor what one breaks without those faults. */
    void interrupted() {
        interrupted = true;
        progress.clear();
        var report = hunt.report();
        if (output.isTable()) {
            print(
                    report,
                    "interrupted: " + volume(report) + ", and "
                            + (report.broken().isEmpty()
                                    ? "no violation yet"
                                    : "not yet known what the seed breaks without them"));
        } else {
            var json = json(new Found(report, Optional.empty()));
            json.put("found", false);
            json.put("interrupted", true);
            output.object(json);
        }
    }

    // For people

    private void print(Report report, String conclusion) {
        report.broken().ifPresent(broken -> {
            output.line("seed " + broken.seed() + " breaks " + broken.property() + ": " + broken.what());
            output.line("    " + simulated.replay(broken.seed()));
            output.line("");
        });
        output.line(conclusion);
    }

    /** The last line. */
    private String conclusion(Found found) {
        var name = simulated.subject().algorithm().name();
        var rests = volume(found.report());
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

    private String volume(Report report) {
        long lived = report.volume().seeds();
        return String.format(
                Locale.ROOT,
                "%,d %s, %,d %s",
                lived,
                lived == 1 ? "seed" : "seeds",
                felt(report),
                beyond.word().replace('-', ' '));
    }

    private long felt(Report report) {
        var kind = beyond.kind(simulated.subject().algorithm().traits());
        return report.coverage().faults().stream()
                .filter(met -> met.what().equals(kind))
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
        json.put("interrupted", false);
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
