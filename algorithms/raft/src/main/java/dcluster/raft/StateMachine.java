package dcluster.raft;

import dcluster.spi.Command;
import dcluster.spi.Limits;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.Capacity;
import dcluster.toolkit.Entry;
import dcluster.toolkit.Frozen;
import dcluster.toolkit.Store;
import java.util.List;

/**
 * The state machine, and how much of the log it has taken: every committed entry once, in the order of the log (section
 * 5.3). Not durable by itself: after a restart it begins with the latest snapshot and takes the entries again as they
 * are found to be committed.
 */
final class StateMachine {
    private static final Response NOTHING = new Response.Ok(new Result.Applied(true));

    private Store store = new Store();
    private long applied;

    /** Applies the entry that follows the last applied one, and returns its outcome. */
    Response apply(long index, Entry entry) {
        if (index != applied + 1) {
            throw new IllegalStateException("State Machine Safety: entries are applied one after the other: applied="
                    + applied + " index=" + index);
        }
        applied = index;
        return entry instanceof Entry.Apply apply ? store.apply(apply.command()) : NOTHING;
    }

    /** Answers a command that changes nothing. */
    Response read(Command command) {
        return store.apply(command);
    }

    /** Takes the state that a snapshot holds, which includes all entries up to an index. */
    void restore(Store restored, long index) {
        if (index < applied) {
            throw new IllegalStateException(
                    "State Machine Safety: a snapshot would undo entries: applied=" + applied + " index=" + index);
        }
        store = restored;
        applied = index;
    }

    /** The index of the last entry applied; 0 if there is none. */
    long applied() {
        return applied;
    }

    long hash() {
        return store.hash();
    }

    /** What the hash would be had it applied these entries, too. */
    long hashAfter(List<Entry> entries) {
        var copy = new StateMachine();
        freeze().chunks(Limits.CHUNK_BYTES).forEachRemaining(copy.store::restore);
        for (var entry : entries) {
            copy.apply(copy.applied + 1, entry);
        }
        return copy.hash();
    }

    /** About the size of the state, encoded. */
    long bytes() {
        return store.bytes();
    }

    /** What the state takes in memory. */
    long memoryBytes() {
        return store.memoryBytes();
    }

    /**
     * What may still be appended for it to apply, given so many bytes of memory; good until another state is {@linkplain
     * #restore restored}.
     */
    Capacity capacity(long limitBytes) {
        return new Capacity(store, limitBytes);
    }

    /** The state as of now, in constant time. */
    Frozen freeze() {
        return store.freeze();
    }
}
