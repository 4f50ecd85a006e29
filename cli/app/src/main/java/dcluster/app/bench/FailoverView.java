package dcluster.app.bench;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Spans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * For how long writes were out, as it is printed.
 *
 * @param machine what it was measured on, for people
 * @param crashed processes that crashed by themselves, a line each; if there are any, rows may lack their last rounds
 */
public record FailoverView(Failover wanted, String machine, List<Row> rows, List<String> crashed) {
    /** A strike at the leaders of one cluster; {@code rounds} are filled in their order. */
    record Row(Benched benched, Strike strike, List<Felt> rounds) {
        private Spread spread() {
            return Spread.of(rounds.stream().map(Felt::millis).toList());
        }

        /** In how many rounds it is known for how long writes were out. */
        private long known() {
            return rounds.stream().filter(Felt::isKnown).count();
        }

        /** How many times as long as in another row, round by round, as far as both have one. */
        private Spread ratio(Row other) {
            var ratios = new ArrayList<Double>();
            for (int i = 0; i < Math.min(rounds.size(), other.rounds.size()); i++) {
                ratios.add(rounds.get(i).millis() / other.rounds.get(i).millis());
            }
            return Spread.of(ratios);
        }

        private long sum(ToLongFunction<Writer.Seen> count) {
            return rounds.stream().map(Felt::seen).mapToLong(count).sum();
        }
    }

    /** A key that is wrong outranks a process that crashed, and that outranks what was not felt. */
    public int exit() {
        if (!wrong().isEmpty()) {
            return Exit.NO;
        }
        if (!crashed.isEmpty()) {
            return Exit.CRASHED;
        }
        return troubles().isEmpty() ? Exit.OK : Exit.INCONCLUSIVE;
    }

    /** All that is not as it should be, a line each. */
    public List<String> complaints() {
        var complaints = new ArrayList<String>();
        wrong().forEach(each -> complaints.add("wrong: " + each));
        crashed.forEach(each -> complaints.add("crashed by itself, and nothing was struck after that: " + each));
        troubles().forEach(each -> complaints.add("inconclusive: " + each));
        return complaints;
    }

    private List<String> wrong() {
        return told(felt -> felt.wrong().stream());
    }

    private List<String> troubles() {
        return told(felt -> felt.troubles().stream());
    }

    private List<String> told(Function<Felt, Stream<String>> what) {
        var told = new ArrayList<String>();
        for (var row : rows) {
            for (int i = 0; i < row.rounds.size(); i++) {
                var where = row.benched.variant() + ", " + row.strike + " in round " + (i + 1) + ": ";
                what.apply(row.rounds.get(i)).forEach(text -> told.add(where + text));
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
                "One client adds 1 to one key at a time at a node that is neither struck nor to lead next. The longest time"
                        + " without an\nacknowledged write around each strike at the leader: nothing, a transfer, a kill -9;"
                        + " each is watched for " + Spans.exact(Scene.Pace.USUAL.window())
                        + " at least.\nRounds: in how many of those wanted that is known."
                        + " Times a transfer: a crash beside the transfer of its round.\n");
        output.list(
                List.of(
                        "variant",
                        "strike",
                        "rounds",
                        "median, ms",
                        "least, ms",
                        "most, ms",
                        "times a transfer",
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
        cells.put("rounds", row.known() + " of " + wanted.rounds());
        cells.put("median, ms", spread.median(1));
        cells.put("least, ms", spread.least(1));
        cells.put("most, ms", spread.most(1));
        timesTransfer(row).ifPresent(ratio -> {
            cells.put("times a transfer", ratio.median(1));
            cells.put("range of that", ratio.range(1));
        });
        cells.put("acknowledged", row.sum(Writer.Seen::acknowledged));
        cells.put("unknown", row.sum(Writer.Seen::unknown));
        return cells;
    }

    /** A crash beside a transfer of the same cluster. */
    private Optional<Spread> timesTransfer(Row row) {
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
        json.put("crashed", crashed);
        return json;
    }

    private Map<String, @Nullable Object> json(Row row) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        var spread = row.spread();
        var ratio = timesTransfer(row).orElse(Spread.of(List.of()));
        json.put("variant", row.benched.variant());
        json.put("strike", row.strike.toString());
        json.put("known", row.known());
        json.put("medianMillis", Numbers.rounded(spread.median()));
        json.put("leastMillis", Numbers.rounded(spread.least()));
        json.put("mostMillis", Numbers.rounded(spread.most()));
        json.put("medianTimesTransfer", Numbers.rounded(ratio.median()));
        json.put("leastTimesTransfer", Numbers.rounded(ratio.least()));
        json.put("mostTimesTransfer", Numbers.rounded(ratio.most()));
        json.put("strikes", row.rounds.stream().map(Felt::json).toList());
        return json;
    }
}
