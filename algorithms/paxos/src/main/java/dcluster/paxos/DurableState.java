package dcluster.paxos;

import dcluster.paxos.PaxosRecord.Accepted;
import dcluster.paxos.PaxosRecord.Chunk;
import dcluster.paxos.PaxosRecord.Installed;
import dcluster.paxos.PaxosRecord.Learned;
import dcluster.paxos.PaxosRecord.Mark;
import dcluster.paxos.PaxosRecord.Promised;
import dcluster.paxos.PaxosRecord.Recovered;
import dcluster.spi.Command;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Incoming;
import dcluster.toolkit.Log;
import dcluster.toolkit.Marks;
import dcluster.toolkit.StateMachine;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What survives a crash: the acceptor's vows, and the latest snapshot. It changes in {@link #replay} alone, but for what
 * may be found out anew: which of the values that were accepted are chosen. Those are handed to the log in the order of
 * their instances, applied, and let go of. A record of what is accepted tells by the way how far that has come, so each life
 * has to find out about no more than was open when the one before it ended.
 *
 * <pre>
 *                included in      applied     chosen, not    accepted; which of these are
 *                the snapshot     and kept    yet applied    chosen is not known here
 *              +---------------+------------+-------------+---+---+   +---+---+
 *  instances   |               |    log     |     log     |   vows  . . .     |
 *              +---------------+------------+-------------+---+---+   +---+---+
 *                                           ^             ^         ^
 *                               machine().applied()   chosen()   a hole
 * </pre>
 */
final class DurableState {
    private static final HandlerTable<DurableState, PaxosRecord> RECORDS = HandlerTable.of(
                    DurableState.class, PaxosRecord.class)
            .on(Promised.class, DurableState::promised)
            .on(Accepted.class, DurableState::accepted)
            .on(Learned.class, DurableState::learned)
            .on(Chunk.class, DurableState::chunk)
            .on(Installed.class, DurableState::installed)
            .on(Mark.class, DurableState::mark)
            .on(Recovered.class, DurableState::recovered)
            .build();

    private final Vows vows = new Vows();
    private final Log<Value> log = new Log<>();
    private final StateMachine machine;
    private long snapshotSlot;
    private @Nullable Incoming<SnapshotId> incoming;

    // Wiped nodes: others, and whether this one came back
    private Marks marks = Marks.NONE;
    private @Nullable Recovered recovered;

    /** It remembers so many sessions at most. */
    DurableState(int sessions) {
        this.machine = new StateMachine(sessions);
    }

    void replay(PaxosRecord change) {
        RECORDS.dispatch(this, change);
    }

    private void promised(Promised change) {
        vows.promise(change.ballot());
    }

    private void accepted(Accepted change) {
        chooseThrough(change.chosen());
        long slot = change.slot();
        for (var value : change.values()) {
            requireOpen(slot);
            vows.accept(slot++, new Proposal(change.ballot(), value));
        }
    }

    /** What was known to be chosen when that was journalled is so again. */
    private void chooseThrough(long chosen) {
        while (log.lastIndex() < chosen) {
            var proposal = vows.accepted(log.lastIndex() + 1);
            if (proposal == null) {
                throw new IllegalStateException(
                        "an instance was known to be chosen in which nothing was accepted: slot="
                                + (log.lastIndex() + 1) + " chosen=" + chosen);
            }
            choose(proposal.value());
        }
    }

    private void learned(Learned change) {
        long slot = change.slot();
        for (var value : change.values()) {
            requireOpen(slot);
            vows.learn(slot++, value);
        }
    }

    private void mark(Mark change) {
        marks = marks.with(change.node(), change.incarnation());
    }

    private void recovered(Recovered change) {
        if (vows.mayPromise(change.ballot())) {
            vows.promise(change.ballot());
        }
        marks = marks.and(change.marks());
        recovered = change;
    }

    private void requireOpen(long slot) {
        if (slot <= log.lastIndex()) {
            throw new IllegalStateException("an instance that is known to be chosen takes no other value: chosen="
                    + log.lastIndex() + " slot=" + slot);
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

    private void installed(Installed change) {
        var id = change.snapshot();
        var complete = incoming;
        if (complete == null || !complete.id().equals(id)) {
            throw new IllegalStateException("a snapshot is installed without its chunks: " + id);
        }
        machine.restore(complete.store(), id.slot());
        log.reset(id.slot());
        vows.removeThrough(id.slot());
        snapshotSlot = id.slot();
        incoming = null;
    }

    /** The instance after {@link #chosen} has chosen what was accepted here: the log goes on with it. */
    void choose(Value value) {
        log.append(value);
        vows.removeThrough(log.lastIndex());
    }

    /** Every instance up to this one is known to be chosen, and its value known; 0 if none is. */
    long chosen() {
        return log.lastIndex();
    }

    Vows vows() {
        return vows;
    }

    /** What is chosen, as far as it is kept. */
    Log<Value> log() {
        return log;
    }

    StateMachine machine() {
        return machine;
    }

    /** Up to where the latest installed snapshot reached; 0 if there was none. */
    long snapshotSlot() {
        return snapshotSlot;
    }

    /** The snapshot that is being received; null if there is none. */
    @Nullable
    Incoming<SnapshotId> incoming() {
        return incoming;
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

    /** About the size of what its records hold, once rewritten. */
    long bytes() {
        long suffix = log.bytesBetween(machine.applied(), log.lastIndex());
        long received = incoming == null ? 0 : incoming.store().bytes();
        return machine.bytes() + suffix + vows.bytes() + received;
    }

    /**
     * All of it by name, without what does not survive: which of the accepted values are known to be chosen, applied, or
     * no longer in memory. So the state is told as it would be were all of them chosen, up to the first hole.
     */
    SortedMap<String, Object> byName() {
        var all = new TreeMap<String, Object>();
        long through = log.lastIndex();
        while (vows.accepted(through + 1) != null) {
            through++;
        }
        all.put("promised", String.valueOf(vows.promised()));
        all.put("accepted through", through);
        all.put("accepted beyond", vows.acceptedFrom(through + 1).toString());
        all.put("marks", marks.toString());
        all.put("recovered", String.valueOf(recovered));
        all.put("receiving", incoming == null ? "nothing" : incoming.id().toString());
        all.put("state hash", machine.hashAfter(through, this::command));
        return all;
    }

    private @Nullable Command command(long slot) {
        var proposal = vows.accepted(slot);
        return (proposal == null ? log.entry(slot) : proposal.value()).command();
    }
}
