package dcluster.app.check;

import dcluster.checker.history.Operation;
import dcluster.checker.verdict.Finding;
import dcluster.checker.verdict.Texts;
import dcluster.checker.verdict.Witness;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Verdicts as rows of a table, and as JSON. */
public final class Rows {
    /** What people see. */
    public static final List<String> COLUMNS = List.of(
            "history",
            "verdict",
            "model",
            "operations",
            "ok",
            "fail",
            "info",
            "keys",
            "processes",
            "notes",
            "time",
            "memory");

    private Rows() {}

    /** A row for people. */
    public static Map<String, @Nullable Object> row(Judged judged) {
        var row = counts(judged);
        row.put("history", Texts.visible(judged.file()));
        if (judged.counts().notes() > 0) {
            row.put("notes", judged.counts().notes());
        }
        row.put("time", Texts.span(judged.time()));
        PeakMemory.bytes().ifPresent(bytes -> row.put("memory", Sizes.shown(bytes)));
        return row;
    }

    /** All that is known, for programs. */
    public static Map<String, @Nullable Object> json(Judged judged) {
        var json = counts(judged);
        json.put("notes", judged.counts().notes());
        json.put("isCut", judged.history().isCut());
        json.put("timeMillis", judged.time().toMillis());
        json.put("checkMillis", judged.verdict().time().toMillis());
        PeakMemory.bytes().ifPresent(bytes -> json.put("memoryBytes", bytes));
        json.put("reason", judged.verdict().reason());
        json.put("guessed", judged.guessed().isEmpty() ? null : judged.guessed());
        json.put("page", judged.page() == null ? null : judged.page().toString());
        json.put("figures", judged.verdict().figures());
        json.put(
                "findings",
                judged.verdict().findings().stream().map(Rows::finding).toList());
        return json;
    }

    private static Map<String, @Nullable Object> counts(Judged judged) {
        var counts = judged.counts();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("history", judged.file());
        row.put("verdict", judged.verdict().answer().word());
        row.put("model", judged.verdict().check().word());
        row.put("operations", counts.operations());
        row.put("ok", counts.ok());
        row.put("fail", counts.fail());
        row.put("info", counts.info());
        row.put("keys", counts.keys());
        row.put("processes", counts.processes());
        return row;
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", finding.name());
        json.put("key", finding.key());
        json.put("states", finding.states());
        json.put("operations", finding.witnesses().stream().map(Rows::witness).toList());
        json.put("reasons", finding.reasons());
        json.put("links", finding.links().stream().map(Rows::link).toList());
        json.put("isSmallest", finding.isSmallest());
        return json;
    }

    private static Map<String, @Nullable Object> witness(Witness witness) {
        var operation = witness.operation();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", witness.name());
        json.put("text", witness.text());
        json.put("process", operation.client());
        json.put("node", operation.node());
        Integer end = operation.ended() == Operation.NEVER ? null : operation.ended();
        json.put("lines", Arrays.asList(operation.invoked(), end));
        return json;
    }

    private static Map<String, @Nullable Object> link(Finding.Link link) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("from", link.from());
        json.put("to", link.to());
        json.put("relation", link.relation());
        json.put("reason", link.reason());
        return json;
    }
}
