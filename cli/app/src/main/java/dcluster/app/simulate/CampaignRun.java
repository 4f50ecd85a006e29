package dcluster.app.simulate;

import dcluster.app.terminal.CleanUps;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Spans;
import dcluster.lab.simulation.Campaign;
import dcluster.lab.simulation.Seeds;
import java.time.Duration;
import java.util.Locale;

/** Runs a campaign while somebody watches, and prints what it found, which an interruption does before the time. */
public final class CampaignRun {
    private final Simulated simulated;
    private final Seeds seeds;
    private final Output output;
    private final Progress progress;
    private final Campaign campaign;
    private final long begin = System.nanoTime();
    private volatile boolean interrupted;

    public CampaignRun(Simulated simulated, Seeds seeds, Output output, Progress progress) {
        this.simulated = simulated;
        this.seeds = seeds;
        this.output = output;
        this.progress = progress;
        this.campaign = new Campaign(simulated.subject(), simulated.scenario(), seeds);
    }

    /** Runs it on so many threads, and has the first seed that breaks something made short; the exit code. */
    public int run(int threads, CleanUps cleanUps, Shortest shortest) {
        var interruption = cleanUps.onInterrupt(this::interrupted);
        var report = campaign.run(threads, this::tell);
        interruption.close();
        progress.clear();
        var view = new ReportView(simulated, report, seconds(), false);
        if (output.isTable() || report.broken().isEmpty()) {
            view.print(output);
        }
        report.broken().ifPresent(broken -> shorten(broken.seed(), view, shortest, cleanUps));
        return view.exit();
    }

    /** People have read the report by then; a program gets one object. */
    private void shorten(long seed, ReportView view, Shortest shortest, CleanUps cleanUps) {
        if (output.isTable()) {
            shortest.find(seed, kept -> output.line("\n" + kept.text()), cleanUps);
            return;
        }
        try {
            shortest.find(seed, kept -> view.with(kept).print(output), cleanUps);
        } catch (Failure e) {
            // It could not be kept: what was found is to be known all the same.
            view.print(output);
            throw e;
        }
    }

    private void interrupted() {
        interrupted = true;
        campaign.end();
        progress.clear();
        new ReportView(simulated, campaign.report(), seconds(), true).print(output);
    }

    private void tell() {
        if (interrupted) {
            return;
        }
        long done = campaign.done();
        var text = new StringBuilder(String.format(Locale.ROOT, "%,d of %,d seeds", done, seeds.count()));
        if (done > 0) {
            double each = seconds() / done;
            var left = Duration.ofMillis((long) (1000 * each * (seeds.count() - done)));
            text.append(String.format(Locale.ROOT, ", %.1f a second, %s left", 1 / each, Spans.shown(left)));
        }
        progress.underWay(text.toString());
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
