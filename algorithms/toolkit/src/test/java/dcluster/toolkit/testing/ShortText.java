package dcluster.toolkit.testing;

import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values as short text for golden files: a record is {@code Name component=value ...}, unless its algorithm knows better. */
public final class ShortText {
    private final Function<Object, Optional<String>> own;

    /** What {@code own} has a text for is written so. */
    public ShortText(Function<Object, Optional<String>> own) {
        this.own = own;
    }

    public String of(Object value) {
        return own.apply(value).orElseGet(() -> ofAny(value));
    }

    private String ofAny(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(this::of).orElse("none");
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::of).collect(Collectors.joining(" ", "[", "]"));
        }
        if (value instanceof Response response) {
            return ofResponse(response);
        }
        return value instanceof Record some && !(value instanceof NodeId)
                ? ofComponents(some, Set.of())
                : value.toString();
    }

    /** The components of a record but for some. */
    public String ofComponents(Record value, Set<String> omitted) {
        return Arrays.stream(value.getClass().getRecordComponents())
                .filter(component -> !omitted.contains(component.getName()))
                .map(component -> component.getName() + "=" + of(read(component, value)))
                .collect(Collectors.joining(" ", value.getClass().getSimpleName() + " ", ""));
    }

    private static Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private String ofResponse(Response response) {
        if (response instanceof Response.Ok ok) {
            return ofResult(ok.result());
        }
        if (response instanceof Response.Redirect redirect) {
            return "redirect to " + redirect.to();
        }
        if (response instanceof Response.Failed failed) {
            return "failed " + failed.reason();
        }
        return "unknown";
    }

    private String ofResult(Result result) {
        if (result instanceof Result.Found found) {
            return "found " + found.value();
        }
        if (result instanceof Result.Absent) {
            return "absent";
        }
        if (result instanceof Result.Siblings siblings) {
            return "siblings " + of(siblings.values()) + " context " + siblings.context();
        }
        if (result instanceof Result.Table table) {
            return "table " + table.columns() + " " + table.rows();
        }
        return result instanceof Result.WholeNumber number ? Long.toString(number.value()) : "ok";
    }
}
