package dcluster.raft;

import dcluster.toolkit.Store;
import dcluster.toolkit.StoreChunk;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot of which the first chunks are there. The state grows chunk by chunk, so that installing it at the end
 * takes no time; the chunks are kept beside it (they share its keys and values) for a rewriting of the journal
 * meanwhile.
 */
final class Incoming {
    private final SnapshotId id;
    private final Store store = new Store();
    private final List<StoreChunk> chunks = new ArrayList<>();

    Incoming(SnapshotId id) {
        this.id = id;
    }

    void add(int number, StoreChunk chunk) {
        if (number != chunks.size()) {
            throw new IllegalStateException("a chunk does not follow the one before: snapshot=" + id + " received="
                    + chunks.size() + " number=" + number);
        }
        store.restore(chunk);
        chunks.add(chunk);
    }

    SnapshotId id() {
        return id;
    }

    Store store() {
        return store;
    }

    /** A copy: more chunks do not show in it. */
    List<StoreChunk> chunks() {
        return List.copyOf(chunks);
    }

    /** How many chunks are there, from number 0 on without a gap. */
    int received() {
        return chunks.size();
    }
}
