package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The content of a {@link Store} at one moment; immutable and thread-safe. */
public final class Frozen {
    private final KeyedState<Value> values;
    private final Sessions sessions;
    private final long changes;

    private Frozen(KeyedState<Value> values, Sessions sessions, long changes) {
        this.values = values;
        this.sessions = sessions;
        this.changes = changes;
    }

    /** That of a store that remembers so many sessions. */
    static Frozen empty(int mostSessions) {
        return new Frozen(KeyedState.empty(), Sessions.atMost(mostSessions), 0);
    }

    /** The number of keys. */
    public int size() {
        return values.size();
    }

    /** The number of sessions that are remembered. */
    public int sessionCount() {
        return sessions.size();
    }

    /** As {@link KeyedState#hash}; versions, sessions and {@link #changes} included: later answers depend on them. */
    public long hash() {
        return StateHash.both(values.hash() + sessions.hash(), changes);
    }

    /** How often the store has changed: the greatest version that any key has or had. */
    long changes() {
        return changes;
    }

    /** About the size of all chunks, encoded. */
    public long bytes() {
        return values.bytes() + sessions.table().bytes();
    }

    /** See {@link KeyedState#memoryBytes()}; of keys and sessions. */
    public long memoryBytes() {
        return values.memoryBytes() + sessions.table().memoryBytes();
    }

    /**
     * The whole content in pieces of at most about {@code chunkBytes}, but for a single text, element or session that is
     * larger and then stands alone; at least one, as {@link #changes} stands in it. Keys come first, then sessions, the
     * one used longest ago first. Made while iterating; every iterator of
     * equal content gives the same.
     */
    public Iterator<StoreChunk> chunks(int chunkBytes) {
        return new Chunks(this, chunkBytes);
    }

    KeyedState<Value> values() {
        return values;
    }

    Sessions sessions() {
        return sessions;
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
        return new Frozen(values.with(key, value), sessions, Math.max(changes, value.version()));
    }

    /** One change more, if the key was there. */
    Frozen without(Bytes key) {
        var rest = values.without(key);
        return rest == values ? this : new Frozen(rest, sessions, changes + 1);
    }

    /** Sessions in place of the former ones, made by the change of that number. */
    Frozen with(Sessions others, long change) {
        return new Frozen(values, others, Math.max(changes, change));
    }

    /** The same after at least so many changes. */
    Frozen after(long least) {
        return least <= changes ? this : new Frozen(values, sessions, least);
    }
}
