package dcluster.toolkit;

import dcluster.spi.Command;
import dcluster.spi.Limits;
import dcluster.spi.Response;
import dcluster.spi.Result;
import org.jspecify.annotations.Nullable;

/**
 * The state machine that a replicated log drives, and how much of the log it has taken: every entry that is decided once,
 * in the order of the log. Not durable by itself: after a restart it begins with the latest snapshot and takes the
 * entries again as they are found to be decided. Not thread-safe.
 */
public final class StateMachine {
    /** How many entries are applied before other events get their turn: some milliseconds' worth. */
    public static final int SLICE = 4096;

    private static final Response NOTHING = new Response.Ok(new Result.Applied(true));

    /** What the entries of a log ask of the state machine. */
    public interface Commands {
        /** What the entry at an index asks; null if nothing. */
        @Nullable
        Command at(long index);
    }

    /** Is told the outcome of each entry as it is applied. */
    public interface Listener {
        /** The entry at an index was applied; a null command asked for nothing. */
        void applied(long index, @Nullable Command command, Response outcome);
    }

    private Store store;
    private long applied;

    /** It has taken nothing, and will remember so many sessions at most, as {@link SessionBound} says. */
    public StateMachine(int sessions) {
        this.store = new Store(sessions);
    }

    /**
     * Applies what is decided, up to an index, and not applied yet, or a slice of it; returns whether something is left.
     */
    public boolean applyThrough(long decided, Commands commands, Listener listener) {
        long last = Math.min(decided, applied + SLICE);
        while (applied < last) {
            var command = commands.at(applied + 1);
            listener.applied(applied + 1, command, apply(applied + 1, command));
        }
        return applied < decided;
    }

    /** Applies the entry that follows the last applied one, and returns its outcome. */
    public Response apply(long index, @Nullable Command command) {
        if (index != applied + 1) {
            throw new IllegalStateException("State Machine Safety: entries are applied one after the other: applied="
                    + applied + " index=" + index);
        }
        applied = index;
        return command == null ? NOTHING : store.apply(command);
    }

    /** Answers a command that changes nothing. */
    public Response read(Command command) {
        return store.apply(command);
    }

    /** An empty state with the bounds of this one, for a snapshot to fill. */
    public Store blank() {
        return store.blank();
    }

    /** Takes the state that a snapshot holds, made of a {@link #blank} one, which includes all entries up to an index. */
    public void restore(Store restored, long index) {
        if (index < applied) {
            throw new IllegalStateException(
                    "State Machine Safety: a snapshot would undo entries: applied=" + applied + " index=" + index);
        }
        store = restored;
        applied = index;
    }

    /** The index of the last entry applied; 0 if there is none. */
    public long applied() {
        return applied;
    }

    /** See {@link Frozen#hash}. */
    public long hash() {
        return store.hash();
    }

    /** What the hash would be had it applied the entries up to an index, too. */
    public long hashAfter(long through, Commands commands) {
        var copy = new StateMachine(0);
        copy.store = blank();
        freeze().chunks(Limits.CHUNK_BYTES).forEachRemaining(copy.store::restore);
        copy.applied = applied;
        while (copy.applied < through) {
            copy.apply(copy.applied + 1, commands.at(copy.applied + 1));
        }
        return copy.hash();
    }

    /** About the size of the state, encoded. */
    public long bytes() {
        return store.bytes();
    }

    /** How many sessions are remembered. */
    public int sessionCount() {
        return store.sessionCount();
    }

    /** What the state takes in memory. */
    public long memoryBytes() {
        return store.memoryBytes();
    }

    /**
     * What may still be proposed for it to apply, given so many bytes of memory; good until another state is {@linkplain
     * #restore restored}.
     */
    public Capacity capacity(long limitBytes) {
        return new Capacity(store, limitBytes);
    }

    /** The state as of now, in constant time. */
    public Frozen freeze() {
        return store.freeze();
    }
}
