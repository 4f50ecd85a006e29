package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The content of a {@link Store} at one moment; immutable and thread-safe. */
public final class Frozen {
    static final Frozen EMPTY = new Frozen(KeyedState.empty());

    private final KeyedState<Value> values;

    private Frozen(KeyedState<Value> values) {
        this.values = values;
    }

    /** The number of keys. */
    public int size() {
        return values.size();
    }

    /** See {@link KeyedState#hash}. */
    public long hash() {
        return values.hash();
    }

    /** About the size of all chunks, encoded. */
    public long bytes() {
        return values.bytes();
    }

    /** See {@link KeyedState#memoryBytes()}. */
    public long memoryBytes() {
        return values.memoryBytes();
    }

    /**
     * The whole content in pieces of at most about {@code chunkBytes}, but for a single text or element that is larger
     * and then stands alone. Made while iterating; every iterator of equal content gives the same.
     */
    public Iterator<StoreChunk> chunks(int chunkBytes) {
        return new Chunks(values.iterator(), chunkBytes);
    }

    @Nullable
    Value get(Bytes key) {
        return values.get(key);
    }

    long memoryBytes(Bytes key) {
        return values.memoryBytes(key);
    }

    Frozen with(Bytes key, Value value) {
        return new Frozen(values.with(key, value));
    }

    Frozen without(Bytes key) {
        return new Frozen(values.without(key));
    }
}
