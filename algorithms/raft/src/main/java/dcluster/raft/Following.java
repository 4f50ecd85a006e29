package dcluster.raft;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendRejected;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftRecord.Append;
import dcluster.spi.NodeId;
import java.util.List;

/**
 * The follower's half of replication (section 5.3; figure 2, AppendEntries, receiver). However old, repeated or
 * disordered what it hears is, it removes entries only where a leader of its term holds others, and never a committed
 * one.
 *
 * <p>What it acknowledges in a turn goes out as one message at the turn's end.
 */
final class Following {
    private final Replica replica;
    private final Election election;

    // What is owed to the leader of a term: the greatest index that agrees in this turn (0 for none), and the latest
    // round, unless it was answered before. And the greatest index that agreed in any turn.
    private long owedInTerm;
    private long agreed;
    private long greatestAgreed;
    private long round;
    private long roundAnswered;

    Following(Replica replica, Election election) {
        this.replica = replica;
        this.election = election;
    }

    void onAppendEntries(NodeId from, AppendEntries message) {
        if (!election.recognises(from, message.term())) {
            return;
        }
        owe(0, message.round());
        long previous = message.previousIndex();
        if (!agreesAt(previous, message.previousTerm())) {
            reject(from, previous);
            return;
        }
        store(previous + 1, message.entries());
        long last = previous + message.entries().size();
        replica.commitment().advanceTo(Math.min(message.commit(), last));
        owe(last, 0);
    }

    /**
     * What is committed agrees with every later leader's log (Leader Completeness), even if its term is forgotten here.
     */
    private boolean agreesAt(long index, long term) {
        return index <= replica.commitment().commit()
                ? consistentIfHeld(index, term)
                : replica.durable().holds(index, term);
    }

    private boolean consistentIfHeld(long index, long term) {
        var log = replica.log();
        if (index >= log.firstIndex() - 1 && log.termAt(index) != term) {
            throw new IllegalStateException("Leader Completeness: a leader does not hold what is committed: index="
                    + index + " term=" + log.termAt(index) + " leaderHolds=" + term);
        }
        return true;
    }

    /** Figure 2, rules 3 and 4: only from the first entry that is missing or conflicts on does anything change. */
    private void store(long first, List<Entry> entries) {
        int known = 0;
        while (known < entries.size()
                && agreesAt(first + known, entries.get(known).term())) {
            known++;
        }
        if (known < entries.size()) {
            replica.commitment().requireUncommitted(first + known);
            replica.context().journal(new Append(first + known, entries.subList(known, entries.size())));
        }
    }

    /**
     * Tells the leader the conflicting term and where it begins, so that it can pass over all of it (end of section
     * 5.3).
     */
    private void reject(NodeId leader, long previous) {
        var log = replica.log();
        long conflictTerm = 0;
        long conflictIndex = log.lastIndex() + 1;
        if (previous <= log.lastIndex()) {
            conflictTerm = log.termAt(previous);
            conflictIndex = previous;
            while (conflictIndex > replica.commitment().commit() + 1 && log.termAt(conflictIndex - 1) == conflictTerm) {
                conflictIndex--;
            }
        }
        replica.context()
                .send(leader, new AppendRejected(replica.durable().term(), previous, conflictTerm, conflictIndex));
    }

    void onHeartbeat(NodeId from, Heartbeat message) {
        if (election.recognises(from, message.term())) {
            owe(0, message.round());
            // What the leader knows this replica to hold it may have held before it was wiped.
            replica.commitment()
                    .advanceTo(isRecovering() ? Math.min(message.commit(), greatestAgreed) : message.commit());
        }
    }

    private boolean isRecovering() {
        return election.role() == Role.RECOVERING;
    }

    /** The log agrees with that of the leader of this term up to there, by a snapshot. */
    void agreesThrough(long index) {
        owe(index, 0);
    }

    /** Up to where the log was found to agree with that of the leader of a term, in this life; 0 if nowhere. */
    long agreedWithLeaderOf(long term) {
        return owedInTerm == term ? greatestAgreed : 0;
    }

    private void owe(long agreedIndex, long heardRound) {
        long term = replica.durable().term();
        if (owedInTerm != term) {
            owedInTerm = term;
            agreed = 0;
            greatestAgreed = 0;
            round = 0;
            roundAnswered = 0;
        }
        agreed = Math.max(agreed, agreedIndex);
        greatestAgreed = Math.max(greatestAgreed, agreedIndex);
        round = Math.max(round, heardRound);
    }

    /**
     * Acknowledges what arrived in this turn, if its leader is still recognised. Who recovers may have promised to ignore
     * that leader: it says that it is fed, and no more.
     */
    void endTurn() {
        long term = replica.durable().term();
        var leader = election.leader();
        if (owedInTerm == term && leader.isPresent() && !election.leads()) {
            boolean counts = !isRecovering();
            if (counts && round > roundAnswered) {
                roundAnswered = round;
                // Eager: it says only that this replica still follows, which is true, and harmless if forgotten.
                replica.context().eagerly().send(leader.get(), new HeartbeatReply(term, round));
            }
            if (agreed > 0) {
                long incarnation = replica.context().incarnation();
                replica.context().send(leader.get(), new AppendReply(term, agreed, incarnation, counts));
            }
        }
        agreed = 0;
    }
}
