package dcluster.app.bench;

import dcluster.app.terminal.Output;
import dcluster.app.terminal.Spans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of transactions, as it is printed.
 *
 * @param machine what it was measured on, for people
 */
public record TransactionsView(Transactions wanted, List<Benched> clusters, String machine, List<Row> rows) {
    /** A kind of work at one cluster; {@code rounds} are filled in their order. */
    public record Row(Work work, Benched benched, List<Measured> rounds) {
        private Spread spread(ToDoubleFunction<Measured> number) {
            return Spread.of(rounds.stream().mapToDouble(number).boxed().toList());
        }

        private long count(Ending ending) {
            return rounds.stream().mapToLong(each -> each.count(ending)).sum();
        }

        /** Of all requests. */
        private double share(long part) {
            long all = rounds.stream().mapToLong(Measured::count).sum();
            return all == 0 ? Double.NaN : (double) part / all;
        }

        private long begunAgain() {
            return rounds.stream().mapToLong(Measured::begunAgain).sum();
        }

        /** How much of what another row has it commits in a second, round by round. */
        private Spread ratio(Row other) {
            var ratios = new ArrayList<Double>();
            for (int i = 0; i < rounds.size(); i++) {
                double base = other.rounds.get(i).committedPerSecond();
                ratios.add(base == 0 ? Double.NaN : rounds.get(i).committedPerSecond() / base);
            }
            return Spread.of(ratios);
        }

        private boolean isVoid() {
            return rounds.stream().anyMatch(each -> each.count(Ending.COMMITTED) == 0);
        }
    }

    /** Why it shows nothing of some work: there was a round of it in which nothing was committed. */
    public Optional<String> voidness() {
        return rows.stream()
                .filter(Row::isVoid)
                .findFirst()
                .map(row -> "in a round of " + row.work + " of " + row.benched.variant() + " nothing was committed; "
                        + row.rounds.get(0).trouble());
    }

    public void print(Output output) {
        if (!output.isTable()) {
            output.object(json());
            return;
        }
        output.line(wanted.command());
        output.line(machine);
        output.line("Closed loop, one request at a time: " + wanted.connections()
                + " connections, spread over all members, on keys of their own; contended: "
                + wanted.contenders() + " on 3 keys.\n" + wanted.rounds() + " rounds of "
                + Spans.exact(wanted.measured()) + " after " + Spans.exact(wanted.warmUp())
                + " of warm-up, and a round before them that does not count. Medians of rounds. Aborted and refused are"
                + "\nper cent of all requests, begun again is how often one lost and the cluster itself tried it again."
                + " Of single compares with\nsingle keys at the same cluster, of first with the variant named first,"
                + " round by round: all else moves with what the machine does.\n");
        output.list(
                List.of(
                        "work",
                        "variant",
                        "committed/s",
                        "range",
                        "of single",
                        "of first",
                        "range of that",
                        "aborted",
                        "refused",
                        "unknown",
                        "begun again",
                        "p50",
                        "p99"),
                rows.stream().map(this::cells).toList());
    }

    private Map<String, @Nullable Object> cells(Row row) {
        var cells = new LinkedHashMap<String, @Nullable Object>();
        var committed = row.spread(Measured::committedPerSecond);
        cells.put("work", row.work);
        cells.put("variant", row.benched.variant());
        cells.put("committed/s", committed.median(0));
        cells.put("range", committed.range(0));
        ofSingle(row).ifPresent(spread -> cells.put("of single", spread.median(2)));
        ofFirst(row).ifPresent(spread -> {
            cells.put("of first", spread.median(2));
            cells.put("range of that", spread.range(2));
        });
        cells.put("aborted", Numbers.percent(row.share(row.count(Ending.ABORTED))));
        cells.put("refused", Numbers.percent(row.share(row.count(Ending.REFUSED))));
        cells.put("unknown", row.count(Ending.UNKNOWN));
        cells.put("begun again", new Spread(List.of(row.share(row.begunAgain()))).median(2));
        cells.put("p50", Numbers.millis(row.spread(each -> each.millis(50)).median()));
        cells.put("p99", Numbers.millis(row.spread(each -> each.millis(99)).median()));
        return cells;
    }

    /** Transactions beside writes of single keys at the same cluster by as many clients. */
    private Optional<Spread> ofSingle(Row row) {
        return row.work.isOwn() && row.work != Work.SINGLE_KEY
                ? row(Work.SINGLE_KEY, row.benched).map(row::ratio)
                : Optional.empty();
    }

    private Optional<Spread> ofFirst(Row row) {
        var first = clusters.get(0);
        return row.benched.equals(first)
                ? Optional.empty()
                : row(row.work, first).map(row::ratio);
    }

    private Optional<Row> row(Work work, Benched benched) {
        return rows.stream()
                .filter(each -> each.work == work && each.benched.equals(benched))
                .findFirst();
    }

    private Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", wanted.command());
        json.put("machine", machine);
        json.put("connections", wanted.connections());
        json.put("contenders", wanted.contenders());
        json.put("warmUp", Spans.exact(wanted.warmUp()));
        json.put("measured", Spans.exact(wanted.measured()));
        json.put("rounds", wanted.rounds());
        json.put(
                "clusters",
                clusters.stream()
                        .map(each -> Map.of("variant", each.variant(), "configuration", each.configuration()))
                        .toList());
        json.put("measurements", rows.stream().map(this::json).toList());
        return json;
    }

    private Map<String, @Nullable Object> json(Row row) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("work", row.work.toString());
        json.put("variant", row.benched.variant());
        json.put("committedPerSecond", rounded(row, Measured::committedPerSecond));
        json.put(
                "ofSingle",
                ofSingle(row).map(each -> Numbers.rounded(each.median())).orElse(null));
        json.put(
                "ofFirst",
                ofFirst(row).map(each -> Numbers.rounded(each.median())).orElse(null));
        json.put("committed", row.count(Ending.COMMITTED));
        json.put("aborted", row.count(Ending.ABORTED));
        json.put("refused", row.count(Ending.REFUSED));
        json.put("unknown", row.count(Ending.UNKNOWN));
        json.put("begunAgain", row.begunAgain());
        json.put("p50Millis", rounded(row, each -> each.millis(50)));
        json.put("p99Millis", rounded(row, each -> each.millis(99)));
        return json;
    }

    private static List<@Nullable Double> rounded(Row row, ToDoubleFunction<Measured> number) {
        var rounded = new ArrayList<@Nullable Double>();
        row.rounds.forEach(each -> rounded.add(Numbers.rounded(number.applyAsDouble(each))));
        return rounded;
    }
}
