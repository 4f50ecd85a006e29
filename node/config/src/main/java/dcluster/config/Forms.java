package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Nothing;
import dcluster.spi.Default;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Derives the {@link Form} of a type from its declaration: words ({@link ScalarForm#BY_TYPE}), enums, records, sealed
 * interfaces of records, {@code List} and {@code Optional} of these. A {@code long} that counts nanoseconds by its name
 * is a duration without that part of the name: {@code leastNanos} is {@code least: 8ms}; and {@code nanos} alone, how
 * long something lasts, is {@code for: 2s}. What is wrong with a declaration, such as a type
 * that has no form or a default that does not fit its component, is found here, before any file is read.
 */
final class Forms {
    private static final ClassValue<RecordForm<?>> DERIVED = new ClassValue<>() {
        @Override
        protected RecordForm<?> computeValue(Class<?> type) {
            return new Forms().record(type.asSubclass(Record.class));
        }
    };

    private static final Pattern NANOS = Pattern.compile("(^n|N)anos$");

    /** The records that are being derived, innermost first: a record in itself would never end. */
    private final Deque<Class<?>> within = new ArrayDeque<>();

    private Forms() {}

    /**
     * The form of a record, derived once.
     *
     * @throws ConfigException if a component, at any depth, has a type without form or a default that does not fit
     */
    @SuppressWarnings("unchecked") // what is kept for a class is of that class
    static <T extends Record> RecordForm<T> of(Class<T> type) {
        return (RecordForm<T>) DERIVED.get(type);
    }

    /** The record that has the default of each component; each must have one. */
    static <T extends Record> T defaults(Class<T> type) {
        return of(type).read(Mapping.empty(Place.NOWHERE), type.getSimpleName());
    }

    /** A record in the form of its own type. */
    @SuppressWarnings("unchecked") // an object's class is that of its type
    static <T extends Record> Yaml write(T value) {
        return of((Class<T>) value.getClass()).write(value);
    }

    private Form<?> form(Type type, Place user) {
        if (type instanceof ParameterizedType generic) {
            var argument = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return new ListForm<>(form(argument, user));
            }
            if (generic.getRawType() == Optional.class) {
                return new OptionalForm<>(form(argument, user));
            }
            if (generic.getRawType() == Located.class) {
                return new Located.InForm<>(form(argument, user));
            }
        }
        if (type instanceof Class<?> plain) {
            return plain(plain, user);
        }
        throw new ConfigException(user, type.getTypeName() + " is a type that has no form in a cluster file");
    }

    private Form<?> plain(Class<?> type, Place user) {
        Form<?> scalar = ScalarForm.BY_TYPE.get(type);
        if (scalar != null) {
            return scalar;
        }
        if (within.contains(type)) {
            throw new ConfigException(user, type.getName() + " holds itself, so it has no form in a cluster file");
        }
        if (type.isEnum()) {
            return enumeration(type);
        }
        if (type.isRecord()) {
            return record(type.asSubclass(Record.class));
        }
        if (type.isSealed() && cases(type).allMatch(Class::isRecord)) {
            return choice(type);
        }
        throw new ConfigException(user, type.getName() + " is a type that has no form in a cluster file");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an enum's class is that of an enum
    private static Form<?> enumeration(Class<?> type) {
        return new EnumForm(type);
    }

    /** What a sealed interface is in the end: those of a sealed one within it are its own. */
    private static Stream<Class<?>> cases(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses())
                .flatMap(each -> each.isSealed() ? cases(each) : Stream.of(each));
    }

    private ChoiceForm choice(Class<?> type) {
        var choices = new LinkedHashMap<String, RecordForm<?>>();
        within.push(type);
        cases(type)
                .forEach(each -> choices.put(Words.kebab(each.getSimpleName()), record(each.asSubclass(Record.class))));
        within.pop();
        return new ChoiceForm(choices);
    }

    private <T extends Record> RecordForm<T> record(Class<T> type) {
        within.push(type);
        var fields = Arrays.stream(type.getRecordComponents())
                .<RecordField<?>>map(this::field)
                .toList();
        within.pop();
        return new RecordForm<>(constructor(type), fields);
    }

    private RecordField<?> field(RecordComponent component) {
        var place = Place.whole("component " + component.getName() + " of "
                + component.getDeclaringRecord().getName());
        Form<?> form = isNanos(component) ? ScalarForm.NANOS : form(component.getGenericType(), place);
        return field(component, form, place);
    }

    private static <V> RecordField<V> field(RecordComponent component, Form<V> form, Place place) {
        var annotation = component.getAnnotation(Default.class);
        var fallback = annotation == null
                ? implied(form, place)
                : Optional.of(YamlReader.readValue(place, annotation.value()));
        fallback.ifPresent(yaml -> form.read(yaml, "its default"));
        component.getAccessor().setAccessible(true);
        return new RecordField<>(key(component), component.getAccessor(), form, fallback);
    }

    private static boolean isNanos(RecordComponent component) {
        return component.getType() == long.class
                && NANOS.matcher(component.getName()).find();
    }

    private static String key(RecordComponent component) {
        if (!isNanos(component)) {
            return Words.kebab(component.getName());
        }
        var rest = NANOS.matcher(component.getName()).replaceFirst("");
        return rest.isEmpty() ? "for" : Words.kebab(rest);
    }

    private static Optional<Yaml> implied(Form<?> form, Place place) {
        if (form instanceof OptionalForm) {
            return Optional.of(new Nothing(place));
        }
        return form instanceof RecordForm<?> record && record.hasAllDefaults()
                ? Optional.of(Mapping.empty(place))
                : Optional.empty();
    }

    private static <T extends Record> Constructor<T> constructor(Class<T> type) {
        var parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record has a canonical constructor: " + type, e);
        }
    }
}
