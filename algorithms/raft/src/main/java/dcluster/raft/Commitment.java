package dcluster.raft;

import dcluster.spi.Context;
import dcluster.toolkit.StateMachine;
import java.time.Duration;

/**
 * What is known to be committed, and applying it (sections 5.3 and 5.4.2). Figure 2's volatile state on all servers.
 */
final class Commitment {
    private final Context<RaftMessage, RaftRecord, RaftTimer> context;
    private final DurableState durable;
    private long commit;

    Commitment(Context<RaftMessage, RaftRecord, RaftTimer> context, DurableState durable) {
        this.context = context;
        this.durable = durable;
    }

    /**
     * Takes what the state machine holds as committed: after a restart and after a snapshot that is all that is known.
     */
    void restored() {
        commit = Math.max(commit, durable.machine().applied());
    }

    /**
     * A leader found that a majority holds the log durably up to an index. It commits only where that entry is of its
     * own term, and everything before with it: an entry of an earlier term on a majority can still be overwritten
     * (figure 8).
     */
    void majorityHolds(long index) {
        if (index > commit && durable.log().termAt(index) == durable.term()) {
            advanceTo(index);
        }
    }

    /** Everything up to an index is committed; it is in this log. An index that was passed before changes nothing. */
    void advanceTo(long index) {
        if (index <= commit) {
            return;
        }
        if (index > durable.log().lastIndex()) {
            throw new IllegalStateException(
                    "Leader Completeness: what is committed is not in the log that acknowledged it:" + " commit="
                            + index + " lastIndex=" + durable.log().lastIndex());
        }
        commit = index;
    }

    /** Refuses to let go of a committed entry. */
    void requireUncommitted(long index) {
        if (index <= commit) {
            throw new IllegalStateException("State Machine Safety: a committed entry would be overwritten: commit="
                    + commit + " index=" + index);
        }
    }

    /** Applies what is committed and not yet applied, or a slice of it: then goes on soon. */
    void apply(StateMachine.Listener listener) {
        var log = durable.log();
        if (durable.machine().applyThrough(commit, index -> log.entry(index).command(), listener)) {
            context.startTimer(RaftTimer.APPLY, Duration.ZERO);
        }
    }

    /** The index of the last entry known to be committed; 0 if there is none. */
    long commit() {
        return commit;
    }
}
