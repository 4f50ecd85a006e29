package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The content of a {@link Store} at one moment; immutable and thread-safe. */
public final class Frozen {
    static final Frozen EMPTY = new Frozen(KeyedState.empty(), 0);

    private final KeyedState<Value> values;
    private final long changes;

    private Frozen(KeyedState<Value> values, long changes) {
        this.values = values;
        this.changes = changes;
    }

    /** The number of keys. */
    public int size() {
        return values.size();
    }

    /** As {@link KeyedState#hash}, versions and {@link #changes} included: later answers depend on them. */
    public long hash() {
        return StateHash.both(values.hash(), changes);
    }

    /** How often the store has changed: the greatest version that any key has or had. */
    long changes() {
        return changes;
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
     * and then stands alone; at least one, as {@link #changes} stands in it. Made while iterating; every iterator of
     * equal content gives the same.
     */
    public Iterator<StoreChunk> chunks(int chunkBytes) {
        return new Chunks(values.iterator(), changes, chunkBytes);
    }

    @Nullable
    Value get(Bytes key) {
        return values.get(key);
    }

    long memoryBytes(Bytes key) {
        return values.memoryBytes(key);
    }

    /** A key holds what the change of its version made. */
    Frozen with(Bytes key, Value value) {
        return new Frozen(values.with(key, value), Math.max(changes, value.version()));
    }

    /** One change more, if the key was there. */
    Frozen without(Bytes key) {
        var rest = values.without(key);
        return rest == values ? this : new Frozen(rest, changes + 1);
    }

    /** The same after at least so many changes. */
    Frozen after(long least) {
        return least <= changes ? this : new Frozen(values, least);
    }
}
