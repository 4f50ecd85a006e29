package dcluster.toolkit;

import dcluster.spi.Limits;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Puts parts together into as few messages or records as may be, each small enough to hold up nothing behind it. */
public final class Batches {
    private Batches() {}

    /**
     * Hands over all parts in their order, in lists of at most {@link Limits#CHUNK_BYTES}, but for a single part that is
     * larger and then stands alone; nothing if there are none. The lists are copies.
     *
     * @param bytes about the encoded size of a part
     */
    public static <E> void of(List<E> parts, ToLongFunction<? super E> bytes, Consumer<? super List<E>> out) {
        int from = 0;
        long size = 0;
        for (int i = 0; i < parts.size(); i++) {
            long more = bytes.applyAsLong(parts.get(i));
            if (i > from && size + more > Limits.CHUNK_BYTES) {
                out.accept(List.copyOf(parts.subList(from, i)));
                from = i;
                size = 0;
            }
            size += more;
        }
        if (from < parts.size()) {
            out.accept(List.copyOf(parts.subList(from, parts.size())));
        }
    }
}
