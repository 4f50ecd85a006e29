package dcluster.app.simulate;

import dcluster.app.simulate.Shortest.Kept;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Output;
import dcluster.lab.simulation.Report;
import dcluster.lab.simulation.Report.Met;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A report as it is printed: for people the seed that broke something first, then what was met, then what is to be
 * thought of it, and how much was simulated as the last line.
 *
 * @param seconds that it took
 * @param interrupted whether there was to be more
 * @param kept the shortest schedule that breaks the same, if one was looked for
 */
record ReportView(Simulated simulated, Report report, double seconds, boolean interrupted, Optional<Kept> kept) {
    /** How many seeds are named one by one. */
    private static final int NAMED = 5;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_HOUR = 3.6e12;

    ReportView(Simulated simulated, Report report, double seconds, boolean interrupted) {
        this(simulated, report, seconds, interrupted, Optional.empty());
    }

    /** The same with the shortest schedule. */
    ReportView with(Kept shortest) {
        return new ReportView(simulated, report, seconds, interrupted, Optional.of(shortest));
    }

    void print(Output output) {
        if (!output.isTable()) {
            output.object(toJson());
            return;
        }
        broken().forEach(output::line);
        table(output, List.of("sometimes", "seeds", "times"), report.coverage().properties());
        table(output, List.of("fault", "seeds", "tookEffect"), report.coverage().faults());
        remarks().forEach(output::line);
        output.line(volume());
    }

    // For people

    private static void table(Output output, List<String> columns, List<Met> rows) {
        if (!rows.isEmpty()) {
            output.list(columns, rows(columns.get(0), rows));
            output.line("");
        }
    }

    private List<String> broken() {
        return report.broken()
                .map(broken -> List.of(
                        "seed " + broken.seed() + " breaks " + broken.property() + ": " + broken.what(),
                        "    " + simulated.replay(broken.seed()),
                        ""))
                .orElse(List.of());
    }

    private static List<Map<String, @Nullable Object>> rows(String what, List<Met> all) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var met : all) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put(what, met.what());
            row.put("seeds", met.seeds());
            row.put(what.equals("fault") ? "tookEffect" : "times", met.times());
            rows.add(row);
        }
        return rows;
    }

    private List<String> remarks() {
        var remarks = new ArrayList<String>();
        if (!report.voids().isEmpty()) {
            remarks.add(counted(report.voids().size(), "seed") + " void"
                    + (report.hasTooManyVoids() ? ", too many: " : ": ") + voids());
        }
        if (!report.undecided().isEmpty()) {
            remarks.add("undecided, for the checker had too little time or memory: "
                    + named(report.undecided().stream().map(String::valueOf).toList()));
        }
        var missing = report.coverage().missing();
        if (!missing.isEmpty() && isExpectedToMeetAll()) {
            remarks.add("never happened: " + String.join(", ", missing) + (report.isLarge() ? "" : tooFew()));
        }
        return remarks;
    }

    /** Nobody expects that of a single seed, nor of those up to one that breaks something. */
    private boolean isExpectedToMeetAll() {
        return report.volume().seeds() > 1 && report.broken().isEmpty();
    }

    private static String tooFew() {
        return "; too few seeds to tell, " + Report.LEAST_SEEDS + " would be enough";
    }

    private String voids() {
        return named(report.voids().entrySet().stream()
                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                .toList());
    }

    private static String named(List<String> seeds) {
        var shown = seeds.stream().limit(NAMED).collect(Collectors.joining(", "));
        return seeds.size() <= NAMED ? shown : shown + " and " + (seeds.size() - NAMED) + " more";
    }

    /** The last line: how much the rest rests on. */
    private String volume() {
        var volume = report.volume();
        return verdict() + ": "
                + String.join(
                        ", ",
                        counted(volume.seeds(), "seed"),
                        counted(volume.events(), "event"),
                        counted(volume.turns(), "turn"),
                        String.format(Locale.ROOT, "%.2f virtual hours", volume.nanos() / NANOS_PER_HOUR),
                        counted(volume.states(), "distinct state"),
                        kinds() + " of " + report.coverage().faults().size() + " kinds of faults",
                        counted(volume.operations(), "operation"),
                        report.undecided().size() + " undecided",
                        String.format(
                                Locale.ROOT,
                                "%.1f s, %,.0f cluster-seconds a second",
                                seconds,
                                clusterSecondsPerSecond()));
    }

    /** What was found stays found; that nothing was proves the less, the earlier it ended. */
    private String verdict() {
        if (interrupted && report.broken().isEmpty()) {
            return "interrupted";
        }
        return report.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static String counted(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private long kinds() {
        return report.coverage().faults().stream()
                .filter(met -> met.times() > 0)
                .count();
    }

    private double clusterSecondsPerSecond() {
        return report.volume().nanos() / NANOS_PER_SECOND / Math.max(seconds, 1e-3);
    }

    // For programs

    private Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("verdict", verdict());
        json.put("algorithm", simulated.subject().algorithm().name());
        json.put("options", simulated.subject().algorithm().plainOptions());
        json.put("nodes", simulated.subject().sizes());
        json.put("scenario", simulated.file().map(Path::toString).orElse(null));
        json.put("broken", report.broken().map(this::broken).orElse(null));
        json.put("shortest", kept.map(ReportView::shortest).orElse(null));
        json.put("sometimes", rows("sometimes", report.coverage().properties()));
        json.put("faults", rows("fault", report.coverage().faults()));
        json.put("missing", report.coverage().missing());
        json.put("void", report.voids());
        json.put("undecided", report.undecided());
        addVolume(json);
        return json;
    }

    private Map<String, @Nullable Object> broken(Report.Broken broken) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("seed", broken.seed());
        json.put("property", broken.property());
        json.put("what", broken.what());
        json.put("replay", simulated.replay(broken.seed()));
        return json;
    }

    private static Map<String, @Nullable Object> shortest(Kept kept) {
        var size = kept.minimal().after();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("file", kept.file().toString());
        json.put("nodes", size.nodes());
        json.put("faults", size.faults());
        json.put("questions", size.questions());
        json.put("disturbances", size.disturbances());
        json.put("events", size.events());
        json.put("complete", kept.minimal().isComplete());
        return json;
    }

    private void addVolume(Map<String, @Nullable Object> json) {
        var volume = report.volume();
        json.put("seeds", volume.seeds());
        json.put("events", volume.events());
        json.put("turns", volume.turns());
        json.put("virtualHours", volume.nanos() / NANOS_PER_HOUR);
        json.put("distinctStates", volume.states());
        json.put("faultKinds", kinds());
        json.put("operations", volume.operations());
        json.put("seconds", seconds);
        json.put("clusterSecondsPerSecond", clusterSecondsPerSecond());
    }

    /** What a script is to think of it. */
    int exit() {
        return switch (report.verdict()) {
            case VIOLATION -> Exit.NO;
            case INCONCLUSIVE -> Exit.INCONCLUSIVE;
            case UNKNOWN -> Exit.UNKNOWN;
            case CLEAN -> Exit.OK;
        };
    }
}
