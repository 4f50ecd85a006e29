package dcluster.app.bench;

import dcluster.app.bench.StalenessPlan.Trouble;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Spans;
import dcluster.lab.staleness.Promise.Kept;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the checker finds in what clients saw of a store while something was wrong. */
record ConsistencyTable(int runs, int keys, List<Row> rows) {
    /** What was found over all seeds; {@code promise} is what the algorithm claims. */
    record Row(Trouble trouble, Traits promise, Kept kept) {
        private String promised() {
            var consistency = promise.consistency().name().toLowerCase(Locale.ROOT);
            return promise.has(Property.TRUSTS_CLOCKS) ? consistency + " if clocks agree" : consistency;
        }

        private String found() {
            if (!kept.isConfirmed()) {
                return "inconclusive";
            }
            if (kept.lost() > 0) {
                return "writes lost";
            }
            return kept.stale() > 0 ? "stale reads" : "regular";
        }
    }

    void print(Output output) {
        output.line("\nWhat the checker of regular registers finds, in " + runs + (runs == 1 ? " cluster" : " clusters")
                + " of " + keys
                + " keys. Two clients write a key at the same time,\nand so long after that a third one; a write is lost"
                + " that is acknowledged, and that no node has in the end.");
        output.list(
                List.of(
                        "store",
                        "wrong",
                        "pause",
                        "acknowledged",
                        "reads",
                        "siblings",
                        "stale",
                        "lost",
                        "checker",
                        "promise"),
                rows.stream().map(ConsistencyTable::cells).toList());
    }

    private static Map<String, @Nullable Object> cells(Row row) {
        var cells = new LinkedHashMap<String, @Nullable Object>();
        cells.put("store", row.trouble.store());
        cells.put("wrong", row.trouble.wrong());
        cells.put("pause", Spans.exact(row.trouble.pause()));
        cells.put("acknowledged", row.kept.acknowledged());
        cells.put("reads", row.kept.reads());
        cells.put("siblings", row.kept.siblings());
        cells.put("stale", row.kept.stale());
        cells.put("lost", row.kept.lost());
        cells.put("checker", row.found());
        cells.put("promise", row.promised());
        return cells;
    }

    /** Whether all faults were felt. */
    boolean isConfirmed() {
        return rows.stream().allMatch(row -> row.kept.isConfirmed());
    }

    List<Map<String, @Nullable Object>> json() {
        return rows.stream().map(ConsistencyTable::json).toList();
    }

    private static Map<String, @Nullable Object> json(Row row) {
        var json = cells(row);
        json.put("variant", row.trouble.variant());
        json.put("nodes", row.trouble.nodes());
        json.put("deletes", row.trouble.deletes());
        json.put("example", row.kept.example().orElse(null));
        return json;
    }
}
