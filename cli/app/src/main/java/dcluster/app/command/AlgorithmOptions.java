package dcluster.app.command;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import dcluster.spi.DurationRange;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be set of an algorithm, read off its configuration record. */
final class AlgorithmOptions {
    private AlgorithmOptions() {}

    /** A row {@code option, type, default} for each, those of a record within written with a dot. */
    static List<Map<String, @Nullable Object>> of(Class<? extends Record> type) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        collect("", type, rows);
        return rows;
    }

    private static void collect(String prefix, Class<?> type, List<Map<String, @Nullable Object>> rows) {
        for (var component : type.getRecordComponents()) {
            var option = prefix + kebab(component.getName());
            var standard = component.getAnnotation(Default.class);
            if (standard == null && component.getType().isRecord() && !isWord(component.getType())) {
                collect(option + ".", component.getType(), rows);
                continue;
            }
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("option", option);
            row.put("type", type(component));
            row.put("default", standard == null ? null : standard.value());
            rows.add(row);
        }
    }

    private static boolean isWord(Class<?> type) {
        return type == ByteSize.class || type == DurationRange.class;
    }

    private static String type(RecordComponent component) {
        var type = component.getType();
        if (type == boolean.class || type == Boolean.class) {
            return "true | false";
        }
        if (type == Duration.class) {
            return "duration";
        }
        if (type == DurationRange.class) {
            return "duration..duration";
        }
        if (type == ByteSize.class) {
            return "size";
        }
        if (type == int.class || type == long.class) {
            return "whole number";
        }
        return structured(type);
    }

    private static String structured(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> kebab(((Enum<?>) constant).name()))
                    .collect(Collectors.joining(" | "));
        }
        if (type.isRecord()) {
            return Arrays.stream(type.getRecordComponents())
                    .map(inner -> kebab(inner.getName()) + ": " + type(inner))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses())
                    .map(choice -> kebab(choice.getSimpleName()))
                    .collect(Collectors.joining(" | "));
        }
        return type == String.class ? "text" : kebab(type.getSimpleName());
    }

    /** As cluster files spell it: {@code electionTimeout} is {@code election-timeout}. */
    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])", "-")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }
}
