package dcluster.app.bench;

import dcluster.app.bench.StalenessPlan.Mechanism;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Spans;
import dcluster.lab.staleness.Healing.Healed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long replicas take to hold the same after a partition, by what brings them together. */
record ConvergenceTable(List<String> figures, Duration apart, Duration patience, List<Row> rows) {
    private static final Pattern WORD = Pattern.compile(" ([a-z])");

    /** How clusters healed, one for each seed. */
    record Row(Mechanism mechanism, List<Healed> healed) {
        /** How long those took that came to agree, the shortest first. */
        private List<Long> millis() {
            return healed.stream()
                    .flatMap(each -> each.agreement().stream())
                    .map(Duration::toMillis)
                    .sorted()
                    .toList();
        }

        private long sum(ToLongFunction<Healed> number) {
            return healed.stream().mapToLong(number).sum();
        }

        private long figure(String figure) {
            return sum(each -> each.figures().getOrDefault(figure, 0L));
        }
    }

    void print(Output output) {
        output.line("\nUntil all replicas hold the same when a node is back that was cut off for " + Spans.exact(apart)
                + " and more, by what brings them\ntogether; within " + Spans.exact(patience)
                + ", or it counts as never. All"
                + " other columns are sums over all clusters.");
        var columns = Stream.concat(
                        Stream.of("mechanism", "clusters", "agreed", "median", "longest", "reads", "stale"),
                        figures.stream())
                .toList();
        output.list(columns, rows.stream().map(this::cells).toList());
    }

    private Map<String, @Nullable Object> cells(Row row) {
        var cells = new LinkedHashMap<String, @Nullable Object>();
        var millis = row.millis();
        cells.put("mechanism", row.mechanism.name());
        cells.put("clusters", row.healed.size());
        cells.put("agreed", millis.size());
        cells.put("median", millis.isEmpty() ? "never" : millis.get(millis.size() / 2) + " ms");
        cells.put("longest", millis.size() < row.healed.size() ? "never" : millis.get(millis.size() - 1) + " ms");
        cells.put("reads", row.sum(Healed::reads));
        cells.put("stale", row.sum(Healed::stale));
        figures.forEach(figure -> cells.put(figure, row.figure(figure)));
        return cells;
    }

    /** Whether all partitions were felt. */
    boolean isConfirmed() {
        return rows.stream().flatMap(row -> row.healed.stream()).allMatch(Healed::isConfirmed);
    }

    List<Map<String, @Nullable Object>> json() {
        return rows.stream().map(this::json).toList();
    }

    private Map<String, @Nullable Object> json(Row row) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("mechanism", row.mechanism.name());
        json.put("variant", row.mechanism.variant());
        json.put("clusters", row.healed.size());
        json.put("agreedMillis", row.millis());
        json.put("readsAfterHeal", row.sum(Healed::reads));
        json.put("staleReads", row.sum(Healed::stale));
        figures.forEach(figure -> json.put(camel(figure), row.figure(figure)));
        return json;
    }

    /** {@code keys repaired} is {@code keysRepaired}. */
    private static String camel(String words) {
        return WORD.matcher(words).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }
}
