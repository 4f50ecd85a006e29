package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.Iterator;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What keys hold, with a hash and a size that are kept up with each change; immutable and thread-safe. So it is frozen by
 * keeping a reference.
 */
public final class KeyedState<V extends Weighed> implements Iterable<PersistentMap.Mapping<Bytes, V>> {
    private static final KeyedState<?> EMPTY = new KeyedState<>(PersistentMap.empty(), 0, 0, 0);

    private final PersistentMap<Bytes, V> values;
    private final long hash;
    private final long bytes;
    private final long memoryBytes;

    private KeyedState(PersistentMap<Bytes, V> values, long hash, long bytes, long memoryBytes) {
        this.values = values;
        this.hash = hash;
        this.bytes = bytes;
        this.memoryBytes = memoryBytes;
    }

    /** No key holds anything. */
    @SuppressWarnings("unchecked") // There is no value in it.
    public static <V extends Weighed> KeyedState<V> empty() {
        return (KeyedState<V>) EMPTY;
    }

    /** The number of keys. */
    public int size() {
        return values.size();
    }

    /** Equal for equal content, whatever led to it and wherever; different, but for chance, for different content. */
    public long hash() {
        return hash;
    }

    /** About its encoded size. */
    public long bytes() {
        return bytes;
    }

    /** What it takes on the heap, rather too high than too low; the same in every replica that holds the same. */
    public long memoryBytes() {
        return memoryBytes;
    }

    public @Nullable V get(Bytes key) {
        return values.get(key);
    }

    /** All of it, in an order that depends on the content alone. */
    @Override
    public Iterator<PersistentMap.Mapping<Bytes, V>> iterator() {
        return values.iterator();
    }

    /** All of it in the same order, as records that are made while iterating: what rewrites a journal. */
    public <R> Iterator<R> records(BiFunction<Bytes, ? super V, ? extends R> record) {
        var mappings = iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return mappings.hasNext();
            }

            @Override
            public R next() {
                var mapping = mappings.next();
                return record.apply(mapping.key(), mapping.value());
            }
        };
    }

    /** Those of one {@linkplain PersistentMap#part(Object) part} of all keys. */
    public Iterator<PersistentMap.Mapping<Bytes, V>> part(int part) {
        return values.part(part);
    }

    /** What a key takes of {@link #memoryBytes}; 0 if it is absent. */
    public long memoryBytes(Bytes key) {
        var value = values.get(key);
        return value == null ? 0 : memoryBytes(key, value.memoryBytes());
    }

    /** What a key would take of {@link #memoryBytes} if what it holds took so much. */
    public static long memoryBytes(Bytes key, long valueMemoryBytes) {
        return Footprint.ofMapping(key) + valueMemoryBytes;
    }

    /** The same, but for what a key holds. */
    public KeyedState<V> with(Bytes key, V value) {
        var former = values.get(key);
        long keyHash = StateHash.of(key);
        long formerHash = former == null ? 0 : StateHash.mapping(keyHash, former.hash());
        long formerBytes = former == null ? -bytes(key) : former.bytes();
        long formerMemory = former == null ? -Footprint.ofMapping(key) : former.memoryBytes();
        return new KeyedState<>(
                values.put(key, value),
                hash - formerHash + StateHash.mapping(keyHash, value.hash()),
                bytes - formerBytes + value.bytes(),
                memoryBytes - formerMemory + value.memoryBytes());
    }

    /** The same without a key. */
    public KeyedState<V> without(Bytes key) {
        var former = values.get(key);
        if (former == null) {
            return this;
        }
        return new KeyedState<>(
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
