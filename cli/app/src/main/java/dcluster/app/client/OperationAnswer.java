package dcluster.app.client;

import dcluster.app.terminal.Json;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a member answered to an operation that an operator asked of it. */
public sealed interface OperationAnswer {
    /**
     * It was carried out.
     *
     * @param rows of the table that it answered, by column; a column {@code age ms} is {@code ageMs}, and its numbers
     *     are numbers; none if it answered something else
     * @param text the answer in a line
     */
    record Done(List<Map<String, Object>> rows, String text) implements OperationAnswer {
        public Done {
            rows = List.copyOf(rows);
        }
    }

    /** Its algorithm offers no such operation. */
    record NotOffered(String message) implements OperationAnswer {}

    /** It certainly did nothing. */
    record NotDone(String message) implements OperationAnswer {}

    /** It may have done it, or may yet. */
    record Unknown(String message) implements OperationAnswer {}

    /** Asks all members at the same time; one that does not answer within {@code patience} is unknown to have done it. */
    static Map<Member, OperationAnswer> ask(
            List<Member> members, String operation, List<String> arguments, Duration patience) {
        var body = Json.line(Map.of("arguments", arguments));
        var calls = new LinkedHashMap<Member, AdminCall>();
        members.forEach(
                member -> calls.put(member, AdminCall.post(member, "/operations/" + operation, body, patience)));
        var answers = new LinkedHashMap<Member, OperationAnswer>();
        calls.forEach((member, call) -> answers.put(member, Reading.await(call)));
        return answers;
    }

    /** From what came to what it means. */
    final class Reading {
        private static final Pattern NEXT_WORD = Pattern.compile(" +([a-z0-9])");

        private Reading() {}

        private static OperationAnswer await(AdminCall call) {
            try (call) {
                if (!call.isSent()) {
                    return new NotDone("there is no connection to its admin port");
                }
                return call.await().map(Reading::of).orElse(new Unknown("it does not answer"));
            }
        }

        static OperationAnswer of(AdminCall.Answer answer) {
            Map<String, @Nullable Object> json;
            try {
                json = Json.object(answer.body());
            } catch (IllegalArgumentException e) {
                return new Unknown("its answer is not understood: " + e.getMessage());
            }
            return of(json, answer.status());
        }

        private static OperationAnswer of(Map<String, @Nullable Object> json, int status) {
            var outcome = String.valueOf(json.get("outcome"));
            var message = String.valueOf(json.get("message"));
            return switch (outcome) {
                case "ok" -> done(json);
                case "failed" -> new NotDone(message);
                case "unknown" -> new Unknown(message);
                // What was not run is answered without an outcome.
                default -> refused(String.valueOf(json.get("error")), status);
            };
        }

        private static OperationAnswer refused(String error, int status) {
            return status == 404 ? new NotOffered(error) : new NotDone(error);
        }

        private static OperationAnswer done(Map<String, @Nullable Object> json) {
            if (json.get("columns") instanceof List<?> columns && json.get("rows") instanceof List<?> rows) {
                var read = rows.stream().map(row -> row(columns, (List<?>) row)).toList();
                return new Done(read, rows.stream().map(Reading::words).collect(Collectors.joining("; ")));
            }
            return new Done(
                    List.of(),
                    Optional.ofNullable(json.get("value")).map(String::valueOf).orElse("done"));
        }

        private static String words(Object row) {
            return ((List<?>) row).stream().map(String::valueOf).collect(Collectors.joining(" "));
        }

        private static Map<String, Object> row(List<?> columns, List<?> cells) {
            var row = new LinkedHashMap<String, Object>();
            for (int i = 0; i < columns.size(); i++) {
                var key = key(String.valueOf(columns.get(i)));
                var cell = String.valueOf(cells.get(i));
                row.put(key, key.endsWith("Ms") && cell.matches("[0-9]{1,18}") ? Long.valueOf(cell) : (Object) cell);
            }
            return row;
        }

        private static String key(String words) {
            return NEXT_WORD.matcher(words).replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
        }
    }
}
