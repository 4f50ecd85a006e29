package dcluster.app.bench;

import dcluster.app.terminal.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * For how long writes were out, as it is printed.
 *
 * @param machine what it was measured on, for people
 */
public record FailoverView(Failover wanted, String machine, List<Row> rows) {
    /** A strike at the leaders of one cluster; {@code rounds} are filled in their order. */
    record Row(Benched benched, Strike strike, List<Felt> rounds) {
        private Spread spread() {
            return Spread.of(rounds.stream().map(Felt::millis).toList());
        }

        /** How many times as long as in another row, round by round. */
        private Spread ratio(Row other) {
            var ratios = new ArrayList<Double>();
            for (int i = 0; i < rounds.size(); i++) {
                ratios.add(rounds.get(i).millis() / other.rounds.get(i).millis());
            }
            return Spread.of(ratios);
        }
    }

    /** Strikes that did not come about or were not felt to the end, a line each. */
    public List<String> troubles() {
        return told(Felt::trouble);
    }

    /** What was acknowledged and is lost, a line each. */
    public List<String> losses() {
        return told(Felt::lost);
    }

    private List<String> told(Function<Felt, Optional<String>> what) {
        var told = new ArrayList<String>();
        for (var row : rows) {
            for (int i = 0; i < row.rounds.size(); i++) {
                var where = row.benched.variant() + ", " + row.strike + " in round " + (i + 1) + ": ";
                what.apply(row.rounds.get(i)).ifPresent(text -> told.add(where + text));
            }
        }
        return told;
    }

    public void print(Output output) {
        if (!output.isTable()) {
            output.object(json());
            return;
        }
        output.line(wanted.command());
        output.line(machine);
        output.line(
                "One client writes one key at a time to a node that is neither struck nor to lead next. The longest time"
                        + " without an\nacknowledged write around each strike at the leader: nothing for a second, a transfer, a"
                        + " kill -9; " + wanted.rounds() + (wanted.rounds() == 1 ? " round" : " rounds")
                        + ".\nOf a transfer: how many times as long, round by round.\n");
        output.list(
                List.of(
                        "variant",
                        "strike",
                        "median, ms",
                        "least, ms",
                        "most, ms",
                        "of a transfer",
                        "range of that",
                        "acknowledged",
                        "unknown"),
                rows.stream().map(this::cells).toList());
    }

    private Map<String, @Nullable Object> cells(Row row) {
        var cells = new LinkedHashMap<String, @Nullable Object>();
        var spread = row.spread();
        cells.put("variant", row.benched.variant());
        cells.put("strike", row.strike);
        cells.put("median, ms", spread.median(1));
        cells.put("least, ms", spread.least(1));
        cells.put("most, ms", spread.most(1));
        ofTransfer(row).ifPresent(ratio -> {
            cells.put("of a transfer", ratio.median(1));
            cells.put("range of that", ratio.range(1));
        });
        cells.put(
                "acknowledged",
                row.rounds.stream()
                        .mapToLong(felt -> felt.seen().acknowledged())
                        .sum());
        cells.put(
                "unknown",
                row.rounds.stream().mapToLong(felt -> felt.seen().unknown()).sum());
        return cells;
    }

    /** A crash beside a transfer of the same cluster. */
    private Optional<Spread> ofTransfer(Row row) {
        return row.strike != Strike.CRASH
                ? Optional.empty()
                : rows.stream()
                        .filter(other -> other.strike == Strike.TRANSFER && other.benched.equals(row.benched))
                        .findFirst()
                        .map(row::ratio);
    }

    private Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", wanted.command());
        json.put("machine", machine);
        json.put("rounds", wanted.rounds());
        json.put("seed", wanted.seed());
        json.put(
                "clusters",
                rows.stream()
                        .map(Row::benched)
                        .distinct()
                        .map(each -> Map.of("variant", each.variant(), "configuration", each.configuration()))
                        .toList());
        json.put("measurements", rows.stream().map(this::json).toList());
        return json;
    }

    private Map<String, @Nullable Object> json(Row row) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        var spread = row.spread();
        json.put("variant", row.benched.variant());
        json.put("strike", row.strike.toString());
        json.put("medianMillis", Numbers.rounded(spread.median()));
        json.put("leastMillis", Numbers.rounded(spread.least()));
        json.put("mostMillis", Numbers.rounded(spread.most()));
        json.put(
                "ofTransfer",
                ofTransfer(row).map(ratio -> Numbers.rounded(ratio.median())).orElse(null));
        json.put("strikes", row.rounds.stream().map(Felt::json).toList());
        return json;
    }
}
