package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The content of a {@link Store} at one moment; immutable and thread-safe. */
public final class Frozen {
    static final Frozen EMPTY = new Frozen(PersistentMap.empty(), 0, 0, 0);

    private final PersistentMap<Bytes, Value> values;
    private final long hash;
    private final long bytes;
    private final long memoryBytes;

    private Frozen(PersistentMap<Bytes, Value> values, long hash, long bytes, long memoryBytes) {
        this.values = values;
        this.hash = hash;
        this.bytes = bytes;
        this.memoryBytes = memoryBytes;
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

    /** What it takes on the heap, rather too high than too low; the same in every replica that holds the same. */
    public long memoryBytes() {
        return memoryBytes;
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

    /** What a key takes of {@link #memoryBytes}; 0 if it is absent. */
    long memoryBytes(Bytes key) {
        var value = values.get(key);
        return value == null ? 0 : Footprint.ofMapping(key) + value.memoryBytes();
    }

    Frozen with(Bytes key, Value value) {
        var former = values.get(key);
        long keyHash = StateHash.of(key);
        long formerHash = former == null ? 0 : StateHash.mapping(keyHash, former.hash());
        long formerBytes = former == null ? -bytes(key) : former.bytes();
        long formerMemory = former == null ? -Footprint.ofMapping(key) : former.memoryBytes();
        return new Frozen(
                values.put(key, value),
                hash - formerHash + StateHash.mapping(keyHash, value.hash()),
                bytes - formerBytes + value.bytes(),
                memoryBytes - formerMemory + value.memoryBytes());
    }

    Frozen without(Bytes key) {
        var former = values.get(key);
        if (former == null) {
            return this;
        }
        return new Frozen(
                values.remove(key),
                hash - StateHash.mapping(StateHash.of(key), former.hash()),
                bytes - former.bytes() - bytes(key),
                memoryBytes - former.memoryBytes() - Footprint.ofMapping(key));
    }

    /** What a key adds to the size, beside its value. */
    static long bytes(Bytes key) {
        return Value.OVERHEAD_BYTES + (long) key.size();
    }
}
