package dcluster.raft;

import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.toolkit.StoreChunk;
import java.util.Iterator;
import java.util.List;

/**
 * A snapshot on its way to one follower: one chunk is out, the rest is made from an immutable view when it is needed.
 */
final class Transfer {
    private final SnapshotId id;
    private final Iterator<StoreChunk> rest;
    private StoreChunk current;
    private int number;

    Transfer(SnapshotId id, Iterator<StoreChunk> chunks) {
        this.id = id;
        this.rest = chunks;
        // An empty state machine has no chunks, but something must be sent to be installed.
        this.current = chunks.hasNext() ? chunks.next() : new StoreChunk(List.of());
    }

    InstallSnapshot message(long term) {
        return new InstallSnapshot(term, id, number, !rest.hasNext(), current);
    }

    /** Whether the receiver, which holds so many chunks, lacks one that was let go here. */
    boolean isLostWith(int received) {
        return received < number;
    }

    /**
     * Moves on to the next chunk if the receiver holds the current one, which is not the last; returns whether it did.
     */
    boolean advance(int received) {
        if (received != number + 1 || !rest.hasNext()) {
            return false;
        }
        current = rest.next();
        number++;
        return true;
    }

    SnapshotId id() {
        return id;
    }
}
