package dcluster.runtime.admin;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations, and how they ended, as JSON. */
final class OperationJson {
    private OperationJson() {}

    /** What a body like {@code {"arguments": ["one", "two"]}} asks; empty if it is not like that. */
    static Optional<Command.Operation> read(String name, Buffer body) {
        if (!(parsed(body) instanceof JsonObject json)
                || !Set.of("arguments").containsAll(json.fieldNames())
                || !(json.getValue("arguments", new JsonArray()) instanceof JsonArray arguments)
                || !arguments.stream().allMatch(String.class::isInstance)) {
            return Optional.empty();
        }
        var texts = arguments.stream().map(String.class::cast).toList();
        return Optional.of(new Command.Operation(name, texts));
    }

    private static Object parsed(Buffer body) {
        try {
            return Optional.ofNullable(Json.decodeValue(body)).orElse("null");
        } catch (DecodeException e) {
            return "no JSON";
        }
    }

    /** {@code outcome} is {@code ok}, {@code failed} or {@code unknown}; beside it stands what was found, or why not. */
    static JsonObject of(Response response) {
        if (response instanceof Response.Ok ok) {
            return of(ok.result()).put("outcome", "ok");
        }
        if (response instanceof Response.Failed failed) {
            String reason = failed.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return ended("failed", failed.message()).put("reason", reason);
        }
        if (response instanceof Response.Redirect redirect) {
            return ended("failed", "nothing was done here: ask " + redirect.to())
                    .put("reason", "redirected");
        }
        return ended("unknown", ((Response.Unknown) response).message());
    }

    private static JsonObject ended(String outcome, String message) {
        return new JsonObject().put("outcome", outcome).put("message", message);
    }

    private static JsonObject of(Result result) {
        if (result instanceof Result.Table table) {
            var rows = table.rows().stream().map(JsonArray::new).toList();
            return new JsonObject()
                    .put("columns", new JsonArray(table.columns()))
                    .put("rows", new JsonArray(rows));
        }
        if (result instanceof Result.Elements list) {
            return new JsonObject().put("values", texts(list.elements()));
        }
        if (result instanceof Result.Siblings siblings) {
            return new JsonObject().put("values", texts(siblings.values()));
        }
        if (result instanceof Result.Each each) {
            var results = each.results().stream().map(OperationJson::of).toList();
            return new JsonObject().put("results", new JsonArray(results));
        }
        return new JsonObject().put("value", value(result));
    }

    private static @Nullable Object value(Result result) {
        if (result instanceof Result.Found found) {
            return found.value().toUtf8();
        }
        if (result instanceof Result.WholeNumber number) {
            return number.value();
        }
        return result instanceof Result.Applied applied ? applied.applied() : null;
    }

    private static JsonArray texts(List<Bytes> values) {
        return new JsonArray(values.stream().map(Bytes::toUtf8).toList());
    }
}
