package dcluster.toolkit;

import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot of which the first chunks are there. The state grows chunk by chunk, so that installing it at the end
 * takes no time; the chunks are kept beside it (they share its keys and values) for a rewriting of the journal
 * meanwhile. Not thread-safe.
 *
 * @param <I> what names a snapshot
 */
public final class Incoming<I> {
    private final I id;
    private final Store store;
    private final List<StoreChunk> chunks = new ArrayList<>();

    /** Of that snapshot nothing is there yet; the store to fill is {@link StateMachine#blank}. */
    public Incoming(I id, Store blank) {
        this.id = id;
        this.store = blank;
    }

    /** Adds the piece that follows those that are there. */
    public void add(int number, StoreChunk chunk) {
        if (number != chunks.size()) {
            throw new IllegalStateException("a chunk does not follow the one before: snapshot=" + id + " received="
                    + chunks.size() + " number=" + number);
        }
        store.restore(chunk);
        chunks.add(chunk);
    }

    /** Which snapshot it is. */
    public I id() {
        return id;
    }

    /** The state so far. */
    public Store store() {
        return store;
    }

    /** A copy: more chunks do not show in it. */
    public List<StoreChunk> chunks() {
        return List.copyOf(chunks);
    }

    /** How many chunks are there, from number 0 on without a gap. */
    public int received() {
        return chunks.size();
    }
}
