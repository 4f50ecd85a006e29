package dcluster.raft;

import dcluster.raft.RaftMessage.Recover;
import dcluster.raft.RaftMessage.RecoverReply;
import dcluster.raft.RaftMessage.RecoveryDurable;
import dcluster.raft.RaftRecord.Mark;
import dcluster.raft.RaftRecord.Recovered;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.toolkit.Inquiry;
import org.jspecify.annotations.Nullable;

/**
 * How a wiped replica comes back, and how the others help it (after Liskov and Cowling 2012, "Viewstamped Replication
 * Revisited", section 4.3; see the package's documentation for why it is safe):
 * <ol>
 *   <li>It asks all others. Each that recovers from nothing marks it, durably: what it said in earlier incarnations does
 *       not hold. Then it answers with its term, its marks, and if it leads, with its last index.
 *   <li>A majority of the cluster without the asker must answer one question, and one of them must lead the greatest term
 *       answered. What that leader held by then, the asker must hold, durably. If nobody leads, or somebody leads a
 *       later term meanwhile, it asks anew.
 *   <li>It journals that it has recovered, in that term, its vote spent, with the marks of all that answered. Once that is
 *       durable it is a follower.
 * </ol>
 */
final class Recovery {
    private final Replica replica;
    private final Context<RaftMessage, RaftRecord, RaftTimer> context;
    private final Election election;
    private final Following following;
    private @Nullable Inquiry<Long> inquiry;

    Recovery(Replica replica, Election election, Following following) {
        this.replica = replica;
        this.context = replica.context();
        this.election = election;
        this.following = following;
    }

    void start() {
        if (context.isWiped() && replica.durable().recovered() == null) {
            inquiry = new Inquiry<>(context.members().others(context.self()), context.incarnation());
            election.recover();
            context.note("recovers from a wipe", "incarnation", context.incarnation());
            ask(inquiry);
        }
    }

    /** Whether this replica has forgotten what it promised, and does not know yet what that may have been. */
    boolean isUnderWay() {
        return inquiry != null;
    }

    // The one that was wiped

    private void ask(Inquiry<Long> asked) {
        var question = new Recover(replica.durable().term(), asked.nonce());
        context.members().others(context.self()).forEach(other -> context.send(other, question));
        context.startTimer(RaftTimer.RECOVERY, replica.config().heartbeatInterval());
    }

    void onTimer() {
        var asked = inquiry;
        if (asked != null) {
            if (asked.isAnswered() && !isLeaderKnown(asked)) {
                asked.askAgain();
            }
            ask(asked);
        }
    }

    /** Whether one leads the greatest term that was answered, and none is known here to have begun since. */
    private boolean isLeaderKnown(Inquiry<Long> asked) {
        return asked.leader()
                .filter(leader -> leader.promised() >= replica.durable().term())
                .isPresent();
    }

    void onReply(NodeId from, RecoverReply reply) {
        if (inquiry != null) {
            inquiry.add(from, reply.nonce(), reply.answer());
        }
    }

    void endTurn() {
        var asked = inquiry;
        long term = replica.durable().term();
        if (asked != null && replica.durable().recovered() == null && holdsAll(asked, term)) {
            context.journal(new Recovered(term, context.self(), asked.marks()));
            context.send(context.self(), new RecoveryDurable(term));
            context.stopTimer(RaftTimer.RECOVERY);
        }
    }

    private boolean holdsAll(Inquiry<Long> asked, long term) {
        return asked.leader()
                .filter(leader -> leader.promised() == term && following.agreedWithLeaderOf(term) >= leader.last())
                .isPresent();
    }

    /** The disk has caught up: this replica counts again. */
    void onDurable(RecoveryDurable recovered) {
        inquiry = null;
        election.recovered();
        context.note(
                "has recovered",
                "term",
                recovered.term(),
                "index",
                replica.log().lastIndex());
    }

    // The others

    /** {@code leadership} is this replica's, if it leads. */
    void onRecover(NodeId from, Recover question, @Nullable Leadership leadership) {
        var durable = replica.durable();
        long incarnation = question.nonce().incarnation();
        if (isUnderWay() || durable.marks().isVoid(from, incarnation)) {
            return;
        }
        if (!durable.marks().has(from, incarnation)) {
            context.journal(new Mark(from, incarnation));
        }
        if (leadership != null) {
            leadership.onRecover(from, incarnation);
        }
        context.send(
                from,
                new RecoverReply(
                        durable.term(),
                        question.nonce(),
                        context.incarnation(),
                        leadership != null,
                        replica.log().lastIndex(),
                        durable.marks()));
    }
}
