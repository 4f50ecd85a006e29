package dcluster.app.bench;

import dcluster.app.bench.CrashesPlan.Variant;
import dcluster.app.terminal.Output;
import dcluster.host.Point;
import dcluster.lab.crashes.Blocking.Blocked;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** For how long keys were not served, for each protocol and termination rule: medians over seeds, and their ranges. */
public record BlockingTable(Terms terms, List<Row> rows) {
    /**
     * What is wanted.
     *
     * @param when where the coordinator ends
     * @param runs how many clusters for each variant
     * @param command the words of a shell that measure the same again
     */
    public record Terms(
            List<String> protocols,
            List<String> terminations,
            Duration down,
            Point when,
            int keys,
            int clients,
            int runs,
            long seed,
            String command) {
        List<Variant> variants() {
            return CrashesPlan.variants(protocols, terminations);
        }
    }

    /** What was measured of a variant, by seed. */
    record Row(Variant variant, int wanted, List<Blocked> runs) {
        private Spread spread(ToDoubleFunction<Blocked> figure) {
            return Spread.of(runs.stream().mapToDouble(figure).toArray());
        }
    }

    /** A median and a range. */
    record Spread(double median, double least, double most) {
        static Spread of(double[] values) {
            var sorted = values.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }

        /** With so many digits behind the point. */
        String text(int digits) {
            var number = "%." + digits + "f";
            return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", median, least, most);
        }

        Map<String, @Nullable Object> json() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("median", Numbers.rounded(median));
            json.put("least", Numbers.rounded(least));
            json.put("most", Numbers.rounded(most));
            return json;
        }
    }

    /** Whether each coordinator came to its point. */
    public boolean isConfirmed() {
        return rows.stream().allMatch(row -> row.runs.size() == row.wanted);
    }

    /** How much was locked or in doubt in the end, of all runs. */
    public long left() {
        return rows.stream()
                .flatMap(row -> row.runs.stream())
                .mapToLong(Blocked::open)
                .sum();
    }

    public void print(Output output) {
        if (!output.isTable()) {
            output.object(json());
            return;
        }
        output.line(terms.command);
        output.line("\nThe coordinator ends at '" + terms.when + "' and is away for " + terms.down.toSeconds()
                + " s; medians of " + terms.runs + " clusters, and their ranges");
        output.list(
                List.of(
                        "protocol",
                        "termination",
                        "in doubt",
                        "ended by asking",
                        "keys not served, %",
                        "longest, s",
                        "key-seconds"),
                rows.stream()
                        .filter(row -> !row.runs.isEmpty())
                        .map(BlockingTable::cells)
                        .toList());
    }

    private static Map<String, @Nullable Object> cells(Row row) {
        var cells = new LinkedHashMap<String, @Nullable Object>();
        cells.put("protocol", row.variant.protocol());
        cells.put("termination", row.variant.termination());
        cells.put("in doubt", row.spread(Blocked::inDoubt).text(0));
        cells.put("ended by asking", row.spread(Blocked::endedByAsking).text(0));
        cells.put("keys not served, %", row.spread(BlockingTable::percent).text(0));
        cells.put("longest, s", row.spread(BlockingTable::seconds).text(1));
        cells.put("key-seconds", row.spread(Blocked::keySeconds).text(0));
        return cells;
    }

    private static double percent(Blocked blocked) {
        return 100 * blocked.unservedShare();
    }

    private static double seconds(Blocked blocked) {
        return blocked.longest().toMillis() / 1e3;
    }

    private Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", terms.command);
        json.put("confirmed", isConfirmed());
        json.put("seed", terms.seed);
        json.put("runs", terms.runs);
        json.put("keys", terms.keys);
        json.put("clients", terms.clients);
        json.put("when", terms.when.toString());
        json.put("downMillis", terms.down.toMillis());
        json.put("left", left());
        json.put(
                "variants",
                rows.stream()
                        .filter(row -> !row.runs.isEmpty())
                        .map(BlockingTable::json)
                        .toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Row row) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("protocol", row.variant.protocol());
        json.put("termination", row.variant.termination());
        json.put("inDoubt", row.spread(Blocked::inDoubt).json());
        json.put("endedByAsking", row.spread(Blocked::endedByAsking).json());
        json.put("unservedPercent", row.spread(BlockingTable::percent).json());
        json.put("longestSeconds", row.spread(BlockingTable::seconds).json());
        json.put("keySeconds", row.spread(Blocked::keySeconds).json());
        return json;
    }
}
