package dcluster.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Composes the handles of a record's components into one that writes the whole record and one that reads it. */
final class RecordBody {
    private RecordBody() {}

    /**
     * The coder of a record's components one after the other.
     *
     * @param shapes those of its components, in order
     */
    static Coder of(Class<?> type, List<Shape> shapes) {
        try {
            var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            return HandleCoders.of(write(type, shapes, lookup), read(type, shapes, lookup));
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + ": no access to constructor or components", e);
        }
    }

    /** {@code (record, out)}: writes the first component, then the second, and so on. */
    private static MethodHandle write(Class<?> type, List<Shape> shapes, Lookup lookup) throws IllegalAccessException {
        var components = type.getRecordComponents();
        var write = MethodHandles.empty(MethodType.methodType(void.class, type, ByteWriter.class));
        for (int i = components.length - 1; i >= 0; i--) {
            var accessor = lookup.unreflect(components[i].getAccessor());
            var writeOne = MethodHandles.filterArguments(shapes.get(i).write(), 0, accessor);
            write = i == components.length - 1 ? writeOne : MethodHandles.foldArguments(write, writeOne);
        }
        return write;
    }

    /**
     * {@code (in)}: reads the first component, then with it in hand the second, and so on, and calls the constructor.
     */
    private static MethodHandle read(Class<?> type, List<Shape> shapes, Lookup lookup)
            throws IllegalAccessException, NoSuchMethodException {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        var constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types));
        var read = MethodHandles.dropArguments(constructor, types.length, ByteReader.class);
        for (int i = types.length - 1; i >= 0; i--) {
            read = MethodHandles.foldArguments(read, i, shapes.get(i).read());
        }
        return read;
    }
}
