package dcluster.app.command;

import dcluster.app.client.Outcome;
import dcluster.app.client.Reply;
import dcluster.app.terminal.Exit;
import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows how a transaction ended: each command with its result, and the outcome of all in words and as exit code. */
final class TxnResult {
    private final Session session;
    private final FormatOption format;
    private final List<TxnStep> steps;
    private final String unserved;

    /** {@code unserved} is what is told if it could not be served. */
    TxnResult(Session session, FormatOption format, List<TxnStep> steps, String unserved) {
        this.session = session;
        this.format = format;
        this.steps = steps;
        this.unserved = unserved;
    }

    /** How all of it ended: a word for programs, words for people. */
    private record Ending(int exit, String outcome, String words) {}

    /** Shows an outcome and returns the exit code for it. */
    int show(Outcome outcome) {
        var ending = ending(outcome);
        var results = outcome instanceof Outcome.Answered answered && ending.exit == Exit.OK
                ? ((Reply.Many) answered.reply()).elements()
                : List.<Reply>of();
        if (format.in(session).isTable()) {
            showTable(results);
        } else {
            format.in(session).object(json(ending, results));
        }
        session.say(ending.words);
        return ending.exit;
    }

    private Ending ending(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return answered.reply() instanceof Reply.Many many
                            && many.elements().size() == steps.size()
                    ? new Ending(Exit.OK, "committed", "committed")
                    : unknown("the answer is not understood: " + answered.reply());
        }
        if (outcome instanceof Outcome.Unknown unknown) {
            return unknown(unknown.message());
        }
        if (outcome instanceof Outcome.Refused refused) {
            return new Ending(Exit.NO, "aborted", "aborted, and nothing was changed: " + refused.message());
        }
        var message = outcome instanceof Outcome.Unavailable unavailable
                ? unavailable.message()
                : ((Outcome.Unreachable) outcome).message();
        var word = message.startsWith("ABORTED ") ? "aborted" : "unavailable";
        return new Ending(Exit.UNHEALTHY, word, unserved + ": " + message);
    }

    private static Ending unknown(String message) {
        return new Ending(
                Exit.UNKNOWN,
                "unknown",
                "the outcome is unknown: all of it may have happened, or may yet, or nothing: " + message);
    }

    private void showTable(List<Reply> results) {
        if (!results.isEmpty()) {
            format.in(session).list(List.of("command", "result"), rows(results, TxnResult::cell));
        }
    }

    /** How a value is shown. */
    private interface Form {
        Object of(Object value);
    }

    private List<Map<String, @Nullable Object>> rows(List<Reply> results, Form form) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (int i = 0; i < results.size(); i++) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            var value = steps.get(i).read(results.get(i));
            row.put("command", steps.get(i).toString());
            row.put("result", value == null ? null : form.of(value));
            rows.add(row);
        }
        return rows;
    }

    /** A line end in a value must not look like one of the table. */
    private static Object cell(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(TxnResult::cell).toList();
        }
        return value instanceof Bytes bytes ? bytes.toUtf8().replaceAll("\\p{Cntrl}", "\ufffd") : value;
    }

    private Map<String, @Nullable Object> json(Ending ending, List<Reply> results) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("outcome", ending.outcome);
        if (ending.exit == Exit.OK) {
            json.put("results", rows(results, TxnResult::jsonOf));
        } else {
            json.put("message", ending.words);
        }
        return json;
    }

    private static Object jsonOf(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(KvResult::jsonValue).toList()
                : KvResult.jsonValue(value);
    }
}
