package dcluster.codec;

import dcluster.codec.Containers.ListCoder;
import dcluster.codec.Containers.MapCoder;
import dcluster.codec.Containers.OptionalCoder;
import dcluster.spi.NodeId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * Walks through the declaration of a type, derives how each type in it stands in bytes, and writes down what it saw.
 * One walk makes one codec.
 */
final class Schema {
    private final Map<Class<?>, Shape> shapes = new HashMap<>();
    private final Map<String, Class<?>> names = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    /** The coder of the type that the schema is for. */
    Coder root(Class<?> type) {
        // The number stands for the rules of this package: when they change, so do all fingerprints.
        lines.add("format 1 of " + name(type));
        return shape(type, type.getName()).coder();
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** FNV-1a of 64 bits over the text. */
    long fingerprint() {
        long hash = 0xcbf29ce484222325L;
        for (byte each : text().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The shape of a type that stands {@code where} people will look for it if it has none. */
    private Shape shape(Type type, String where) {
        if (type instanceof ParameterizedType generic) {
            return container(generic, where);
        }
        if (!(type instanceof Class<?> plain)) {
            throw unsupported(type, where);
        }
        var known = Optional.ofNullable(Leaves.shape(plain)).or(() -> Optional.ofNullable(shapes.get(plain)));
        return known.orElseGet(() -> named(plain, where));
    }

    private Shape container(ParameterizedType type, String where) {
        var arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            var value = shape(arguments[0], where);
            return Shape.of("Optional<" + value.name() + ">", Optional.class, new OptionalCoder(value.coder()));
        }
        if (type.getRawType() == List.class) {
            var element = shape(arguments[0], where);
            return Shape.of("List<" + element.name() + ">", List.class, new ListCoder(element.coder()));
        }
        if (type.getRawType() == Map.class) {
            return map(arguments[0], arguments[1], where);
        }
        throw unsupported(type, where);
    }

    // Keys that cannot be compared would let an attacker choose keys of one hash, and each lookup walk through them
    // all.
    private Shape map(Type keyType, Type valueType, String where) {
        if (!(keyType instanceof Class<?> plain) || !Comparable.class.isAssignableFrom(plain)) {
            throw new IllegalArgumentException(where + ": keys of a map are comparable, not " + keyType.getTypeName());
        }
        var key = shape(keyType, where);
        var value = shape(valueType, where);
        var coder = new MapCoder(key.coder(), value.coder());
        return Shape.of("Map<" + key.name() + ", " + value.name() + ">", Map.class, coder);
    }

    private Shape named(Class<?> type, String where) {
        if (type == NodeId.class) {
            return known(type, new NodeIdCoder());
        }
        if (type.isEnum()) {
            var coder = new EnumCoder(type);
            lines.add(name(type) + ": " + coder.names());
            return known(type, coder);
        }
        if (type.isRecord()) {
            return record(type);
        }
        if (type.isSealed() && type.isInterface()) {
            return union(type, where);
        }
        throw unsupported(type, where);
    }

    private Shape record(Class<?> type) {
        var coder = new RecordCoder(type.getRecordComponents().length == 0);
        var shape = known(type, coder);
        int line = reserveLine();
        var components = components(type);
        coder.complete(RecordBody.of(type, components));
        lines.set(line, signature(type, components));
        return shape;
    }

    private Shape union(Class<?> type, String where) {
        var members = members(type, where)
                .distinct()
                .sorted(Comparator.comparing(Schema::name))
                .toList();
        var coder = new UnionCoder(members.size());
        var shape = known(type, coder);
        int line = reserveLine();
        var text = new StringJoiner("\n  ", name(type) + ":\n  ", "");
        for (int tag = 0; tag < members.size(); tag++) {
            var member = members.get(tag);
            claimName(member);
            var components = components(member);
            coder.complete(tag, member, RecordBody.of(member, components));
            text.add(tag + " " + signature(member, components));
        }
        lines.set(line, text.toString());
        return shape;
    }

    /** The records below a sealed interface, at whatever depth. */
    private static Stream<Class<?>> members(Class<?> type, String where) {
        if (type.isRecord()) {
            return Stream.of(type);
        }
        if (type.isSealed() && type.isInterface()) {
            return Arrays.stream(type.getPermittedSubclasses()).flatMap(member -> members(member, where));
        }
        throw unsupported(type, where);
    }

    private List<Shape> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> shape(
                        component.getGenericType(), "record " + type.getName() + ", component " + component.getName()))
                .toList();
    }

    private static String signature(Class<?> type, List<Shape> shapes) {
        var text = new StringJoiner(", ", name(type) + "(", ")");
        var components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            text.add(shapes.get(i).name() + " " + components[i].getName());
        }
        return text.toString();
    }

    private Shape known(Class<?> type, Coder coder) {
        claimName(type);
        var shape = Shape.of(name(type), type, coder);
        shapes.put(type, shape);
        return shape;
    }

    private int reserveLine() {
        lines.add("");
        return lines.size() - 1;
    }

    private void claimName(Class<?> type) {
        var other = names.putIfAbsent(name(type), type);
        if (other != null && other != type) {
            throw new IllegalArgumentException(
                    "two types of one name in one schema: " + other.getName() + " and " + type.getName());
        }
    }

    /** Without the package, so that a type may move; with the types that it stands in. */
    private static String name(Class<?> type) {
        var packageName = type.getPackageName();
        return type.getName()
                .substring(packageName.isEmpty() ? 0 : packageName.length() + 1)
                .replace('$', '.');
    }

    private static IllegalArgumentException unsupported(Type type, String where) {
        var advice = type == byte[].class ? "; use dcluster.spi.Bytes" : "";
        return new IllegalArgumentException(where + ": no form in bytes for " + type.getTypeName() + advice);
    }
}
