package dcluster.raft;

import dcluster.raft.RaftRecord.Append;
import dcluster.raft.RaftRecord.Chunk;
import dcluster.raft.RaftRecord.Installed;
import dcluster.raft.RaftRecord.Mark;
import dcluster.raft.RaftRecord.Recovered;
import dcluster.raft.RaftRecord.Term;
import dcluster.spi.NodeId;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Incoming;
import dcluster.toolkit.Marks;
import dcluster.toolkit.Retention;
import dcluster.toolkit.StateMachine;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What survives a crash: figure 2's persistent state, and the snapshot of section 7. It changes in {@link #replay}
 * alone; the one exception is {@link Retention}, which lets go of entries that the state machine includes.
 *
 * <p>The log in memory may begin later than the one in the journal: entries that are applied are kept for followers
 * that lag, not for recovery.
 */
final class DurableState {
    private static final HandlerTable<DurableState, RaftRecord> RECORDS = HandlerTable.of(
                    DurableState.class, RaftRecord.class)
            .on(Term.class, DurableState::term)
            .on(Mark.class, DurableState::mark)
            .on(Recovered.class, DurableState::recovered)
            .on(Append.class, DurableState::append)
            .on(Chunk.class, DurableState::chunk)
            .on(Installed.class, DurableState::installed)
            .build();

    // Persistent state on all servers (figure 2)
    private long term;
    private @Nullable NodeId vote;
    private final TermLog log = new TermLog();

    // Wiped nodes: others, and whether this one came back
    private Marks marks = Marks.NONE;
    private @Nullable Recovered recovered;

    // Snapshots (section 7)
    private long snapshotIndex;
    private @Nullable Incoming<SnapshotId> incoming;
    private final StateMachine machine;

    /** It remembers so many sessions at most. */
    DurableState(int sessions) {
        this.machine = new StateMachine(sessions);
    }

    void replay(RaftRecord change) {
        RECORDS.dispatch(this, change);
    }

    private void term(Term change) {
        if (change.term() < term) {
            throw new IllegalStateException("a term never decreases: term=" + term + " record=" + change);
        }
        if (change.term() == term && vote != null && !change.vote().equals(Optional.of(vote))) {
            throw new IllegalStateException("Election Safety: one vote a term: vote=" + vote + " record=" + change);
        }
        term = change.term();
        vote = change.vote().orElse(null);
    }

    private void mark(Mark change) {
        marks = marks.with(change.node(), change.incarnation());
    }

    private void recovered(Recovered change) {
        if (change.term() < term) {
            throw new IllegalStateException("a term never decreases: term=" + term + " record=" + change);
        }
        term = change.term();
        vote = change.vote();
        marks = marks.and(change.marks());
        recovered = change;
    }

    private void append(Append change) {
        if (change.index() <= machine.applied()) {
            throw new IllegalStateException("State Machine Safety: an applied entry would be overwritten: applied="
                    + machine.applied() + " index=" + change.index());
        }
        log.truncateFrom(change.index());
        log.append(change.entries());
        if (incoming != null && incoming.id().index() <= change.lastIndex()) {
            incoming = null;
        }
    }

    private void chunk(Chunk change) {
        var current = incoming;
        if (change.number() == 0 || current == null || !current.id().equals(change.snapshot())) {
            current = new Incoming<>(change.snapshot(), machine.blank());
            incoming = current;
        }
        current.add(change.number(), change.content());
    }

    /** Figure 13, rules 5 to 8: what follows the snapshot stays if the log agrees with it up to there. */
    private void installed(Installed change) {
        var id = change.snapshot();
        var complete = incoming;
        if (complete == null || !complete.id().equals(id)) {
            throw new IllegalStateException("a snapshot is installed without its chunks: " + id);
        }
        machine.restore(complete.store(), id.index());
        if (holds(id.index(), id.term())) {
            log.discardThrough(id.index());
        } else {
            log.reset(id.index(), id.term());
        }
        snapshotIndex = id.index();
        incoming = null;
    }

    /** Whether the log has, or had before it was discarded, an entry of that term at that index. */
    boolean holds(long index, long entryTerm) {
        return index >= log.firstIndex() - 1 && index <= log.lastIndex() && log.termAt(index) == entryTerm;
    }

    /** The latest term that this replica has seen; 0 before any. */
    long term() {
        return term;
    }

    /** Whom this replica voted for in its term; null if for nobody. */
    @Nullable
    NodeId vote() {
        return vote;
    }

    /** The nodes that are known to have been wiped, and whose earlier word does not hold. */
    Marks marks() {
        return marks;
    }

    /** How this replica came back after its node was wiped; null if it never did. */
    @Nullable
    Recovered recovered() {
        return recovered;
    }

    TermLog log() {
        return log;
    }

    StateMachine machine() {
        return machine;
    }

    /** Up to where the latest installed snapshot reached; 0 if there was none. */
    long snapshotIndex() {
        return snapshotIndex;
    }

    /** The snapshot that is being received; null if there is none. */
    @Nullable
    Incoming<SnapshotId> incoming() {
        return incoming;
    }

    /** About the size of what its records hold, once rewritten. */
    long bytes() {
        long suffix = log.bytesBetween(machine.applied(), log.lastIndex());
        long received = incoming == null ? 0 : incoming.store().bytes();
        return machine.bytes() + suffix + received;
    }

    /**
     * All of it by name, without what does not survive: how much of the log is applied, or no longer in memory because
     * it is. So the state is told as it will be when all of the log is applied.
     */
    SortedMap<String, Object> byName() {
        var all = new TreeMap<String, Object>();
        all.put("term", term);
        all.put("vote", String.valueOf(vote));
        all.put("marks", marks.toString());
        all.put("recovered", String.valueOf(recovered));
        all.put("last index", log.lastIndex());
        all.put("last term", log.lastTerm());
        all.put("receiving", incoming == null ? "nothing" : incoming.id().toString());
        all.put(
                "state hash",
                machine.hashAfter(log.lastIndex(), index -> log.entry(index).command()));
        return all;
    }
}
