package dcluster.app.bench;

import dcluster.app.bench.CrashesPlan.Numbered;
import dcluster.app.bench.CrashesPlan.Variant;
import dcluster.app.terminal.Output;
import dcluster.lab.crashes.Crashed;
import dcluster.lab.crashes.EveryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a transaction for each point at which members ended during it.
 *
 * @param every what was found at every event, by variant, if that was wanted
 */
public record Crashes(Terms terms, List<Row> rows, Optional<List<Every>> every) {
    /** Violations that are shown; a wrong protocol has many. */
    private static final int MOST_SHOWN = 20;

    /**
     * What is wanted.
     *
     * @param everyEvent whether members end at each event as well
     * @param command the words of a shell that do the same again
     */
    public record Terms(
            List<String> protocols,
            List<String> terminations,
            Duration down,
            boolean everyEvent,
            long seed,
            String command) {
        List<Variant> variants() {
            return CrashesPlan.variants(protocols, terminations);
        }
    }

    record Row(Variant variant, Numbered point, Crashed crashed) {}

    record Every(Variant variant, EveryEvent found) {}

    /** Whether each member that was to end has come to its point. */
    public boolean isConfirmed() {
        return rows.stream().allMatch(row -> row.crashed.isMet());
    }

    /** What must never be, a line each. */
    public List<String> violations() {
        var violations = new ArrayList<String>();
        rows.forEach(row -> row.crashed
                .violations()
                .forEach(each -> violations.add(
                        row.variant.text() + ", " + row.point.who() + " " + row.point.point() + ": " + each)));
        every.orElse(List.of())
                .forEach(each -> each.found.violations().stream()
                        .map(violation -> each.variant.text() + ", " + violation)
                        .forEach(violations::add));
        return violations;
    }

    // For people

    public void print(Output output) {
        if (!output.isTable()) {
            output.object(json());
            return;
        }
        output.line(terms.command);
        for (var variant : terms.variants()) {
            output.line("\n" + variant.text());
            output.list(
                    List.of("ends", "at", "which is", "told", "in the end", "not served", "locked meanwhile", "left"),
                    rows.stream()
                            .filter(row -> row.variant.equals(variant))
                            .map(Crashes::cells)
                            .toList());
        }
        every.ifPresent(found -> {
            output.line("\nAt every event: alone and all together, with and without loss of power");
            output.list(
                    List.of("protocol", "termination", "crashes", "violations"),
                    found.stream().map(Crashes::json).toList());
        });
        violations().stream().limit(MOST_SHOWN).forEach(each -> output.line("VIOLATION: " + each));
    }

    private static Map<String, @Nullable Object> cells(Row row) {
        var crashed = row.crashed;
        var cells = new LinkedHashMap<String, @Nullable Object>();
        cells.put("ends", row.point.who() + " " + row.point.number());
        cells.put("at", row.point.point().toString());
        cells.put("which is", row.point.about());
        cells.put("told", crashed.isMet() ? word(crashed.told()) : "not met");
        cells.put("in the end", word(crashed.ended()));
        cells.put("not served", crashed.unserved().toMillis() + " ms");
        cells.put("locked meanwhile", crashed.held().isEmpty() ? "-" : String.join(", ", crashed.held()));
        cells.put("left", crashed.open());
        return cells;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    // For programs

    private Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", terms.command);
        json.put("confirmed", isConfirmed());
        json.put("violations", violations());
        json.put("seed", terms.seed);
        json.put("downMillis", terms.down.toMillis());
        json.put("points", rows.stream().map(Crashes::json).toList());
        every.ifPresent(found ->
                json.put("everyEvent", found.stream().map(Crashes::json).toList()));
        return json;
    }

    private static Map<String, @Nullable Object> json(Row row) {
        var crashed = row.crashed;
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("protocol", row.variant.protocol());
        json.put("termination", row.variant.termination());
        json.put("victim", word(row.point.victim()));
        json.put("all", row.point.isAll());
        json.put("number", row.point.number());
        json.put("point", row.point.point().toString());
        json.put("met", crashed.isMet());
        json.put("told", word(crashed.told()));
        json.put("ended", word(crashed.ended()));
        json.put("unservedMillis", crashed.unserved().toMillis());
        json.put("lockedMeanwhile", crashed.held());
        json.put("left", crashed.open());
        return json;
    }

    private static Map<String, @Nullable Object> json(Every every) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("protocol", every.variant.protocol());
        json.put("termination", every.variant.termination());
        json.put("crashes", every.found.cases());
        json.put("violations", every.found.violations().size());
        return json;
    }
}
