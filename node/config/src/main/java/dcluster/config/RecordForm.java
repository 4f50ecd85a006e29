package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Nothing;
import dcluster.config.Yaml.Text;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A record as a mapping of its components, strictly: a key that is no component is an error, as is a component that has
 * neither a key nor a default. A record of one component may be given as that component's word alone. What its compact
 * constructor refuses is shown at the value of the first key that the message names, else at the mapping.
 */
final class RecordForm<T extends Record> implements Form<T> {
    private final Constructor<T> constructor;
    private final List<RecordField<?>> fields;

    RecordForm(Constructor<T> constructor, List<RecordField<?>> fields) {
        this.constructor = constructor;
        this.fields = List.copyOf(fields);
    }

    /** Whether it has no components. */
    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** Whether it may be left out as a whole. */
    boolean hasAllDefaults() {
        return fields.stream().allMatch(field -> field.fallback().isPresent());
    }

    @Override
    public String expected() {
        return fields.isEmpty() ? "an empty mapping" : "a mapping with " + Words.allOf(keys());
    }

    @Override
    public T read(Yaml yaml, String what) {
        var mapping = mapping(yaml, what);
        var problems = new Problems();
        refuseUnknownKeys(mapping, keys(), what, problems);
        var arguments = new ArrayList<Object>();
        for (var field : fields) {
            problems.attempt(() -> (Object) field.read(mapping, what)).ifPresent(arguments::add);
        }
        problems.throwIfAny();
        return construct(arguments, mapping);
    }

    /** Adds a problem for each key of the mapping that is not among the known ones. */
    static void refuseUnknownKeys(Mapping mapping, Collection<String> known, String what, Problems problems) {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(
                        entry.place(), "unknown key " + Words.quote(key) + " for " + what + Words.instead(key, known));
            }
        });
    }

    @Override
    public Yaml write(T value) {
        var mapping = Mapping.empty(Place.NOWHERE);
        for (var field : fields) {
            var written = field.write(value);
            boolean implied = written instanceof Nothing
                    && field.fallback().filter(Nothing.class::isInstance).isPresent();
            mapping = implied ? mapping : mapping.with(field.key(), written);
        }
        return mapping;
    }

    /** As {@link #write}, but a record of one component as this alone if it is a word. */
    Yaml writeShort(Object value) {
        var mapping = write(constructor.getDeclaringClass().cast(value));
        return fields.size() == 1 && fields.get(0).write((Record) value) instanceof Text text ? text : mapping;
    }

    /** The names of its components. */
    List<String> keys() {
        return fields.stream().map(RecordField::key).toList();
    }

    private Mapping mapping(Yaml yaml, String what) {
        if (yaml instanceof Mapping mapping) {
            return mapping;
        }
        if (yaml instanceof Nothing) {
            return Mapping.empty(yaml.place());
        }
        if (yaml instanceof Text && fields.size() == 1) {
            return Mapping.empty(yaml.place()).with(fields.get(0).key(), yaml);
        }
        throw wrong(yaml, what);
    }

    private T construct(List<Object> arguments, Mapping mapping) {
        try {
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                var message = Units.inWords(Words.oneLine(String.valueOf(refusal.getMessage())));
                throw new ConfigException(culprit(message, mapping), message);
            }
            throw new IllegalStateException(constructor + " failed with arguments " + arguments, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " cannot be called", e);
        }
    }

    private Place culprit(String message, Mapping mapping) {
        Place place = mapping.place();
        int first = Integer.MAX_VALUE;
        for (var field : fields) {
            var given = mapping.get(field.key());
            int at = indexOfWord(field, message);
            if (given.isPresent() && at < first) {
                first = at;
                place = given.get().place();
            }
        }
        return place;
    }

    private static int indexOfWord(RecordField<?> field, String message) {
        var word = Pattern.quote(field.key()) + "|"
                + Pattern.quote(field.accessor().getName());
        var matcher = Pattern.compile("(?<![\\w-])(" + word + ")(?![\\w-])").matcher(message);
        return matcher.find() ? matcher.start() : Integer.MAX_VALUE;
    }
}
