package dcluster.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.UndeclaredThrowableException;

/**
 * A coder behind two method handles. This class is never used itself: {@link HandleCoders} makes a hidden class of its
 * bytes for each pair of handles. So the handles are constants of a class, and the compiler of the virtual machine sees
 * through them down to the last component, as it would through code written by hand.
 */
final class HandleCoder implements Coder {
    private static final MethodHandle WRITE = handle(0);
    private static final MethodHandle READ = handle(1);

    private static MethodHandle handle(int index) {
        try {
            return MethodHandles.classDataAt(MethodHandles.lookup(), "_", MethodHandle.class, index);
        } catch (IllegalAccessException e) {
            throw new LinkageError("a class reads its own data", e);
        }
    }

    @Override
    public void write(Object value, ByteWriter out) {
        try {
            WRITE.invokeExact(value, out);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }

    @Override
    public Object read(ByteReader in) {
        try {
            return (Object) READ.invokeExact(in);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }
}
