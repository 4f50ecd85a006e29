package dcluster.app.bench;

import dcluster.app.bench.StalenessPlan.Seen;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Spans;
import dcluster.lab.staleness.Behind;
import dcluster.lab.staleness.Quorums;
import dcluster.lab.staleness.Visibility;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How soon reads see writes, by R and W: measured, and beside it what is predicted. */
record VisibilityTable(List<Duration> after, int trials, List<Row> rows) {
    /** How many last versions shares are told of. */
    static final int VERSIONS = 3;

    /** What was measured of a variant, and what was predicted if the formula is about it. */
    record Row(Seen seen, Quorums quorums, Visibility measured, Optional<Visibility> predicted) {
        /** The greatest difference between what was measured and what was predicted. */
        private Optional<Double> difference() {
            return predicted.map(prediction -> IntStream.range(
                            0, prediction.byTime().size())
                    .mapToDouble(i -> Math.abs(within(measured, i) - within(prediction, i)))
                    .max()
                    .orElse(Double.NaN));
        }

        private static double within(Visibility visibility, int time) {
            return visibility.byTime().get(time).within(1);
        }

        private Map<String, @Nullable Object> cells() {
            var cells = new LinkedHashMap<String, @Nullable Object>();
            cells.put("variant", seen.isNamed() ? seen.variant() : null);
            cells.put("r", quorums.reads());
            cells.put("w", quorums.writes());
            return cells;
        }

        /** Measured/predicted, or what was measured alone. */
        private String cell(ToDoubleFunction<Visibility> share) {
            return Numbers.percent(share.applyAsDouble(measured))
                    + predicted
                            .map(prediction -> "/" + Numbers.percent(share.applyAsDouble(prediction)))
                            .orElse("");
        }
    }

    void print(Output output) {
        output.line("\nReads that see the last write so long after its acknowledgement, in %, measured/predicted; "
                + trials + " reads each");
        var columns = Stream.of(
                        Stream.of("variant", "r", "w", "repairs"),
                        after.stream().map(Spans::exact),
                        Stream.of("difference", "write", "read"))
                .flatMap(each -> each)
                .toList();
        output.list(columns, rows.stream().map(this::byTime).toList());
        output.line(
                "\nReads at once that see one of so many last versions, in %, each operation at any node: measured/predicted,"
                        + "\nand closed, 1-(C(N-W,R)/C(N,R))^k, for writes that reach W replicas and never the others");
        output.list(
                List.of("variant", "r", "w", "last", "closed", "last2", "closed2", "last3", "closed3"),
                rows.stream()
                        .filter(row -> row.predicted.isPresent())
                        .map(VisibilityTable::byVersion)
                        .toList());
        long unanswered = rows.stream().mapToLong(VisibilityTable::unanswered).sum();
        if (unanswered > 0) {
            output.line(unanswered + " reads are left out, for they or their writes did not succeed");
        }
    }

    private Map<String, @Nullable Object> byTime(Row row) {
        var cells = row.cells();
        cells.put("repairs", row.seen.repairs());
        for (int i = 0; i < after.size(); i++) {
            int time = i;
            cells.put(Spans.exact(after.get(i)), row.cell(visibility -> Row.within(visibility, time)));
        }
        cells.put("difference", row.difference().map(Numbers::percent).orElse(null));
        row.measured.latency().ifPresent(latency -> {
            cells.put("write", Numbers.millis(latency.writes().meanMillis()));
            cells.put("read", Numbers.millis(latency.reads().meanMillis()));
        });
        return cells;
    }

    private static Map<String, @Nullable Object> byVersion(Row row) {
        var cells = row.cells();
        for (int i = 1; i <= VERSIONS; i++) {
            int versions = i;
            var number = versions == 1 ? "" : String.valueOf(versions);
            cells.put("last" + number, row.cell(each -> each.byVersion().within(versions)));
            cells.put("closed" + number, Numbers.percent(row.quorums.within(versions)));
        }
        return cells;
    }

    private static long unanswered(Row row) {
        return row.measured.latency().map(Visibility.Operations::unanswered).orElse(0L);
    }

    // For programs

    List<Map<String, @Nullable Object>> json() {
        return rows.stream().map(VisibilityTable::json).toList();
    }

    private static Map<String, @Nullable Object> json(Row row) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("variant", row.seen.variant());
        json.put("replicas", row.quorums.replicas());
        json.put("reads", row.quorums.reads());
        json.put("writes", row.quorums.writes());
        json.put("measured", byTime(row.measured));
        json.put("predicted", row.predicted.map(VisibilityTable::byTime).orElse(null));
        json.put("difference", row.difference().map(Numbers::rounded).orElse(null));
        json.put("versionsMeasured", byVersion(row.measured.byVersion()::within));
        json.put(
                "versionsPredicted",
                row.predicted.map(each -> byVersion(each.byVersion()::within)).orElse(null));
        json.put("versionsClosedForm", byVersion(row.quorums::within));
        row.measured.latency().ifPresent(latency -> {
            json.put("writeMillis", Numbers.rounded(latency.writes().meanMillis()));
            json.put("readMillis", Numbers.rounded(latency.reads().meanMillis()));
            json.put("unanswered", latency.unanswered());
        });
        return json;
    }

    private static List<@Nullable Double> byTime(Visibility visibility) {
        return visibility.byTime().stream()
                .map((Behind behind) -> Numbers.rounded(behind.within(1)))
                .toList();
    }

    private interface Within {
        double share(int versions);
    }

    private static List<@Nullable Double> byVersion(Within within) {
        return IntStream.rangeClosed(1, VERSIONS)
                .mapToObj(versions -> Numbers.rounded(within.share(versions)))
                .toList();
    }
}
