package dcluster.raft;

import dcluster.raft.RaftMessage.Recover;
import dcluster.raft.RaftMessage.RecoverReply;
import dcluster.raft.RaftMessage.RecoveryDurable;
import dcluster.raft.RaftRecord.Mark;
import dcluster.raft.RaftRecord.Recovered;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.toolkit.Inquiry.Answer;
import dcluster.toolkit.Inquiry.Nonce;
import dcluster.toolkit.Marks;
import dcluster.toolkit.Quorums;
import dcluster.toolkit.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * A wiped replica's part in its {@link Recovery}, and that of the others; see the package's documentation for why it is
 * safe. A majority of the cluster without the asker must answer, and its vote in the term of their leader counts as spent.
 */
final class Amnesia implements Recovery.Patient<Long> {
    private final Replica replica;
    private final Context<RaftMessage, RaftRecord, RaftTimer> context;
    private final Election election;
    private final Following following;
    private final Recovery<Long, RaftTimer> recovery;

    Amnesia(Replica replica, Election election, Following following) {
        this.replica = replica;
        this.context = replica.context();
        this.election = election;
        this.following = following;
        this.recovery =
                new Recovery<>(context, RaftTimer.RECOVERY, replica.config().heartbeatInterval(), this);
    }

    void start() {
        if (context.isWiped() && replica.durable().recovered() == null) {
            election.recover();
            int majority = Quorums.majority(context.members().ids().size());
            recovery.start(answered -> answered.size() >= majority);
        }
    }

    /** Whether this replica has forgotten what it promised, and does not know yet what that may have been. */
    boolean isUnderWay() {
        return recovery.isUnderWay();
    }

    // The one that was wiped

    @Override
    public void ask(Nonce nonce) {
        var question = new Recover(promised(), nonce);
        context.members().others(context.self()).forEach(other -> context.send(other, question));
    }

    @Override
    public Long promised() {
        return replica.durable().term();
    }

    @Override
    public boolean holds(Answer<Long> leader) {
        long term = replica.durable().term();
        return leader.promised() == term && following.agreedWithLeaderOf(term) >= leader.last();
    }

    @Override
    public void recover(Long term, Marks marks) {
        context.journal(new Recovered(term, context.self(), marks));
        context.send(context.self(), new RecoveryDurable(term));
    }

    void onTimer() {
        recovery.onTimer();
    }

    void onReply(NodeId from, RecoverReply reply) {
        recovery.onReply(from, reply.nonce(), reply.answer());
    }

    void endTurn() {
        recovery.endTurn();
    }

    void onDurable(RecoveryDurable recovered) {
        recovery.onDurable();
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
        Runnable mark = () -> context.journal(new Mark(from, incarnation));
        if (!recovery.mayAnswer(from, question.nonce(), durable.marks(), mark)) {
            return;
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
