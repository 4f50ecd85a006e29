package dcluster.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a type {@code T} stand in bytes, as a component of a record needs it: without boxes.
 *
 * @param name the type as the schema's text says it
 * @param write takes a {@code T} and a {@link ByteWriter}, returns nothing
 * @param read takes a {@link ByteReader}, returns a {@code T}
 * @param behind the coder that the handles lead to, if they lead to one
 */
record Shape(
        String name,
        MethodHandle write,
        MethodHandle read,
        @Nullable Coder behind) {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType WRITE = MethodType.methodType(void.class, Object.class, ByteWriter.class);
    private static final MethodType READ = MethodType.methodType(Object.class, ByteReader.class);

    /** The shape of a type that a coder handles. */
    static Shape of(String name, Class<?> type, Coder coder) {
        try {
            var write = LOOKUP.bind(coder, "write", WRITE).asType(WRITE.changeParameterType(0, type));
            var read = LOOKUP.bind(coder, "read", READ).asType(READ.changeReturnType(type));
            return new Shape(name, write, read, coder);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no way to call " + coder.getClass(), e);
        }
    }

    /** The shape of a type that two static methods handle, {@code writeWhat} and {@code readWhat}. */
    static Shape ofStatic(Class<?> home, String what, Class<?> type) {
        try {
            var write = LOOKUP.findStatic(home, "write" + what, WRITE.changeParameterType(0, type));
            var read = LOOKUP.findStatic(home, "read" + what, READ.changeReturnType(type));
            return new Shape(type.getSimpleName(), write, read, null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no way to write and read " + what + " in " + home, e);
        }
    }

    /** The same bytes for a primitive type's box. */
    Shape boxed(Class<?> box) {
        return new Shape(
                box.getSimpleName(),
                write.asType(write.type().changeParameterType(0, box)),
                read.asType(read.type().changeReturnType(box)),
                behind);
    }

    /** The same for values seen as objects, as elements of a list are. */
    Coder coder() {
        return behind != null ? behind : HandleCoders.of(write, read);
    }
}
