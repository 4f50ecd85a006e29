package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The content of a {@link Store} at one moment; immutable and thread-safe. */
public final class Frozen {
    static final Frozen EMPTY = new Frozen(PersistentMap.empty(), 0, 0);

    private final PersistentMap<Bytes, Value> values;
    private final long hash;
    private final long bytes;

    private Frozen(PersistentMap<Bytes, Value> values, long hash, long bytes) {
        this.values = values;
        this.hash = hash;
        this.bytes = bytes;
    }

    /** The number of keys. */
    public int size() {
        return values.size();
    }

    /** Equal for equal content, whatever led to it and wherever; different, but for chance, for different content. */
    public long hash() {
        return hash;
    }

    /** About the size of all chunks, encoded. */
    public long bytes() {
        return bytes;
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

    Frozen with(Bytes key, Value value) {
        var former = values.get(key);
        long keyHash = StateHash.of(key);
        long formerHash = former == null ? 0 : StateHash.mapping(keyHash, former.hash());
        long formerBytes = former == null ? -bytes(key) : former.bytes();
        return new Frozen(
                values.put(key, value),
                hash - formerHash + StateHash.mapping(keyHash, value.hash()),
                bytes - formerBytes + value.bytes());
    }

    Frozen without(Bytes key) {
        var former = values.get(key);
        if (former == null) {
            return this;
        }
        return new Frozen(
                values.remove(key),
                hash - StateHash.mapping(StateHash.of(key), former.hash()),
                bytes - former.bytes() - bytes(key));
    }

    /** What a key adds to the size, beside its value. */
    static long bytes(Bytes key) {
        return Value.OVERHEAD_BYTES + (long) key.size();
    }
}
