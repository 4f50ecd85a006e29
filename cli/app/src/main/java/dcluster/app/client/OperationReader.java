package dcluster.app.client;

import dcluster.app.terminal.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From what a member sent to what it means. */
final class OperationReader {
    private static final Pattern NEXT_WORD = Pattern.compile(" +([a-z0-9])");

    private OperationReader() {}

    /** Waits for the answer to a request for an operation. */
    static OperationAnswer await(AdminCall call) {
        try (call) {
            if (!call.isSent()) {
                return new OperationAnswer.NotDone("there is no connection to its admin port");
            }
            return call.await().map(OperationReader::of).orElse(new OperationAnswer.Unknown("it does not answer"));
        }
    }

    /** Waits for the list of what a member offers; empty if no such list comes. */
    static Optional<Set<String>> offered(AdminCall call) {
        try (call) {
            return call.await().filter(answer -> answer.status() == 200).flatMap(answer -> names(answer.body()));
        } catch (IllegalArgumentException e) {
            // It is not JSON.
            return Optional.empty();
        }
    }

    private static Optional<Set<String>> names(String body) {
        if (!(Json.object(body).get("operations") instanceof List<?> operations)) {
            return Optional.empty();
        }
        return Optional.of(operations.stream()
                .filter(Map.class::isInstance)
                .map(operation -> String.valueOf(((Map<?, ?>) operation).get("name")))
                .collect(Collectors.toSet()));
    }

    private static OperationAnswer of(AdminCall.Answer answer) {
        Map<String, @Nullable Object> json;
        try {
            json = Json.object(answer.body());
        } catch (IllegalArgumentException e) {
            return new OperationAnswer.Unknown("its answer is not understood: " + e.getMessage());
        }
        return of(json, answer.status());
    }

    private static OperationAnswer of(Map<String, @Nullable Object> json, int status) {
        var outcome = String.valueOf(json.get("outcome"));
        var message = String.valueOf(json.get("message"));
        return switch (outcome) {
            case "ok" -> done(json);
            case "failed" -> new OperationAnswer.NotDone(message);
            case "unknown" -> new OperationAnswer.Unknown(message);
            // What was not run is answered without an outcome.
            default -> refused(String.valueOf(json.get("error")), status);
        };
    }

    private static OperationAnswer refused(String error, int status) {
        return status == 404 ? new OperationAnswer.NotOffered(error) : new OperationAnswer.NotDone(error);
    }

    private static OperationAnswer done(Map<String, @Nullable Object> json) {
        if (json.get("columns") instanceof List<?> columns && json.get("rows") instanceof List<?> rows) {
            var read = rows.stream().map(row -> row(columns, (List<?>) row)).toList();
            return new OperationAnswer.Done(
                    read, rows.stream().map(OperationReader::words).collect(Collectors.joining("; ")));
        }
        return new OperationAnswer.Done(
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
