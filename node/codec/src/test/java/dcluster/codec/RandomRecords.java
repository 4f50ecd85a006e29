package dcluster.codec;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes random values of any type that has a {@link Codec}, edge cases more often than chance would. Compact
 * constructors may refuse what they are given; then other components are tried. The same seed makes the same values.
 */
public final class RandomRecords {
    /** How often a constructor may refuse before the generator gives up. */
    private static final int MAX_TRIES = 2_000;

    /** From this depth on, members that hold no other records are preferred, and lists are short. */
    private static final int SHALLOW_FROM = 5;

    private static final int MAX_DEPTH = 30;
    private static final String NAME_CHARACTERS = "abcxyzABCXYZ0123456789-_";
    private static final int[] TEXT_EDGES = {0, '\n', '"', 0x7f, 0x80, 0x7ff, 0x800, 0xfffd, 0xffff, 0x10000, 0x10ffff};

    private final RandomGenerator random;
    private final Map<Class<?>, Supplier<Object>> leaves;

    public RandomRecords(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        leaves = leaves();
    }

    /**
     * A value of the type: a record, an enum, a sealed interface of records, or a type that may be a component by
     * itself.
     *
     * @throws IllegalStateException if a constructor refused all that was tried
     */
    public <T> T next(Class<T> type) {
        return type.cast(value(type, 0));
    }

    /**
     * What values of a type can be: that itself, or the records below a sealed interface, in a fixed order; nothing for
     * an enum without constants.
     */
    public static List<Class<?>> members(Class<?> type) {
        if (!isUnion(type)) {
            return type.isEnum() && type.getEnumConstants().length == 0 ? List.of() : List.of(type);
        }
        var members = new ArrayList<Class<?>>();
        for (var permitted : type.getPermittedSubclasses()) {
            members.addAll(members(permitted));
        }
        return members.stream()
                .distinct()
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .toList();
    }

    private Object value(Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            return container(generic.getRawType(), generic.getActualTypeArguments(), depth);
        }
        var plain = (Class<?>) type;
        if (isUnion(plain)) {
            return value(member(plain, depth), depth);
        }
        if (plain.isEnum()) {
            return oneOf(Arrays.asList(plain.getEnumConstants()));
        }
        if (plain.isRecord() && plain != NodeId.class) {
            return record(plain, depth + 1);
        }
        return Optional.ofNullable(leaves.get(plain))
                .orElseThrow(() -> new IllegalArgumentException("no random " + plain))
                .get();
    }

    private Map<Class<?>, Supplier<Object>> leaves() {
        return Map.ofEntries(
                Map.entry(boolean.class, random::nextBoolean),
                Map.entry(Boolean.class, random::nextBoolean),
                Map.entry(byte.class, () -> (byte) number(8)),
                Map.entry(short.class, () -> (short) number(16)),
                Map.entry(int.class, () -> (int) number(32)),
                Map.entry(Integer.class, () -> (int) number(32)),
                Map.entry(long.class, () -> number(64)),
                Map.entry(Long.class, () -> number(64)),
                Map.entry(double.class, this::fraction),
                Map.entry(String.class, this::text),
                Map.entry(Bytes.class, this::bytes),
                Map.entry(Duration.class, this::duration),
                Map.entry(NodeId.class, this::nodeId));
    }

    private Object container(Type raw, Type[] arguments, int depth) {
        int size = size(depth);
        if (raw == Optional.class) {
            return size == 0 ? Optional.empty() : Optional.of(value(arguments[0], depth));
        }
        if (raw == List.class) {
            var list = new ArrayList<Object>();
            for (int i = 0; i < size; i++) {
                list.add(value(arguments[0], depth));
            }
            return List.copyOf(list);
        }
        var map = new LinkedHashMap<Object, Object>();
        for (int i = 0; i < size; i++) {
            map.put(value(arguments[0], depth), value(arguments[1], depth));
        }
        return Collections.unmodifiableMap(map);
    }

    private int size(int depth) {
        if (depth >= SHALLOW_FROM) {
            return random.nextInt(2);
        }
        return random.nextInt(30) == 0 ? random.nextInt(40) : random.nextInt(4);
    }

    private Class<?> member(Class<?> type, int depth) {
        var members = members(type);
        var flat = members.stream().filter(RandomRecords::isFlat).toList();
        return oneOf(depth >= SHALLOW_FROM && !flat.isEmpty() ? flat : members);
    }

    // An enum whose constants have bodies is sealed, too.
    private static boolean isUnion(Class<?> type) {
        return type.isInterface() && type.isSealed();
    }

    private static boolean isFlat(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .noneMatch(component -> isUnion(component)
                        || (component.isRecord() && component != NodeId.class)
                        || List.of(List.class, Map.class, Optional.class).contains(component));
    }

    private Object record(Class<?> type, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalStateException("no end to " + type);
        }
        Throwable refusal = null;
        for (int i = 0; i < MAX_TRIES; i++) {
            try {
                return construct(type, depth);
            } catch (InvocationTargetException e) {
                refusal = e.getCause();
            }
        }
        throw new IllegalStateException("refused all " + MAX_TRIES + " random values: " + type, refusal);
    }

    private Object construct(Class<?> type, int depth) throws InvocationTargetException {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var arguments = Arrays.stream(components)
                .map(component -> value(component.getGenericType(), depth))
                .toArray();
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("cannot construct " + type, e);
        }
    }

    /**
     * Mostly small and not negative, as most components want it; else anything, powers of two and their neighbours
     * first.
     */
    private long number(int bits) {
        return switch (random.nextInt(10)) {
            case 0 -> -1 - random.nextLong(3);
            case 1 -> random.nextLong();
            case 2, 3 -> random.nextInt(70_000);
            case 4 -> -(1L << random.nextInt(bits)) + random.nextLong(3) - 1;
            case 5 -> (1L << random.nextInt(bits)) + random.nextLong(3) - 1;
            default -> random.nextInt(10);
        };
    }

    private double fraction() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> oneOf(List.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE));
            default -> random.nextDouble();
        };
    }

    private String text() {
        var text = new StringBuilder();
        int length = random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(12);
        boolean exotic = random.nextInt(3) == 0;
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(exotic ? TEXT_EDGES[random.nextInt(TEXT_EDGES.length)] : random.nextInt(' ', 0x7f));
        }
        return text.toString();
    }

    private Bytes bytes() {
        var bytes = new byte[random.nextInt(50) == 0 ? random.nextInt(5_000) : random.nextInt(20)];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private Duration duration() {
        return random.nextInt(4) == 0
                ? Duration.ofSeconds(number(64), random.nextInt(1_000_000_000))
                : Duration.ofMillis(random.nextInt(10_000));
    }

    private NodeId nodeId() {
        if (random.nextBoolean()) {
            return new NodeId("n" + random.nextInt(1, 8));
        }
        var name = new StringBuilder("N");
        for (int i = random.nextInt(NodeId.MAX_LENGTH); i > 0; i--) {
            name.append(NAME_CHARACTERS.charAt(random.nextInt(NAME_CHARACTERS.length())));
        }
        return new NodeId(name.toString());
    }

    private <E> E oneOf(List<E> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
