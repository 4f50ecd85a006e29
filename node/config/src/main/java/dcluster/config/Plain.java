package dcluster.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of configurations for programs: numbers and booleans as they are; enums, durations and sizes in the words of
 * cluster files; lists as lists; records as maps whose keys are their components' names, in camel case.
 */
final class Plain {
    private Plain() {}

    static @Nullable Object of(Object value) {
        if (value instanceof Number || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Plain::of).toList();
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(Plain::of).orElse(null);
        }
        return value instanceof Record record && !ScalarForm.BY_TYPE.containsKey(value.getClass())
                ? record(record)
                : word(value);
    }

    static Map<String, @Nullable Object> map(Record record) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (var component : record.getClass().getRecordComponents()) {
            map.put(component.getName(), of(read(component, record)));
        }
        return map;
    }

    /** One of several of a sealed interface has its name around it, or is its name if that says everything. */
    private static Object record(Record record) {
        var map = map(record);
        if (Arrays.stream(record.getClass().getInterfaces()).noneMatch(Class::isSealed)) {
            return map;
        }
        var name = record.getClass().getSimpleName();
        var key = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        return map.isEmpty() ? key : Map.of(key, map);
    }

    @SuppressWarnings("unchecked") // what is kept for a class is of that class
    private static String word(Object value) {
        var form = (ScalarForm<Object>) ScalarForm.BY_TYPE.get(value.getClass());
        if (form != null) {
            return form.print().apply(value);
        }
        return value instanceof Enum<?> constant ? Words.kebab(constant.name()) : String.valueOf(value);
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
