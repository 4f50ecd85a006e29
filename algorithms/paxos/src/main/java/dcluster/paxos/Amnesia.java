package dcluster.paxos;

import static dcluster.toolkit.Quorums.majority;

import dcluster.paxos.PaxosMessage.Recover;
import dcluster.paxos.PaxosMessage.RecoverReply;
import dcluster.paxos.PaxosMessage.RecoveryDurable;
import dcluster.paxos.PaxosRecord.Mark;
import dcluster.paxos.PaxosRecord.Recovered;
import dcluster.spi.NodeId;
import dcluster.toolkit.Inquiry.Answer;
import dcluster.toolkit.Inquiry.Nonce;
import dcluster.toolkit.Marks;
import dcluster.toolkit.Recovery;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wiped replica's part in its {@link Recovery}, and that of the others; see the package's documentation for why it is
 * safe, with majorities as quorums. A majority of the cluster without the asker must answer, and the asker must hold what
 * their leader held.
 */
final class Amnesia implements Recovery.Patient<Ballot> {
    private final Replica replica;
    private final Proposer proposer;
    private final Recovery<Ballot, PaxosTimer> recovery;

    Amnesia(Replica replica, Proposer proposer) {
        this.replica = replica;
        this.proposer = proposer;
        this.recovery = new Recovery<>(
                replica.context(), PaxosTimer.RECOVERY, replica.config().heartbeatInterval(), this);
    }

    /** Begins to recover if that is needed; returns whether it is. */
    boolean start() {
        boolean needed = replica.context().isWiped() && replica.durable().recovered() == null;
        if (needed) {
            recovery.start(this::isEnough);
        }
        return needed;
    }

    /** Two sets that are enough share a node, so that no mark is forgotten; and each meets every quorum. */
    private boolean isEnough(Set<NodeId> answered) {
        return answered.size() >= majority(replica.acceptors().size());
    }

    /** Whether this replica has forgotten what it promised, and does not know yet what that may have been. */
    boolean isUnderWay() {
        return recovery.isUnderWay();
    }

    // The one that was wiped

    @Override
    public void ask(Nonce nonce) {
        replica.acceptors().stream()
                .filter(other -> !other.equals(replica.self()))
                .forEach(other -> replica.context().send(other, new Recover(nonce)));
    }

    /** Of what it accepts and whom it hears: a later leader may have nothing to propose for long. */
    @Override
    public Ballot promised() {
        var promised = durablyPromised();
        var followed = proposer.followed();
        return followed == null || followed.isBelow(promised) ? promised : followed;
    }

    private Ballot durablyPromised() {
        var promised = replica.durable().vows().promised();
        return promised == null ? Ballot.NONE : promised;
    }

    /** Whether every instance up to that leader's last is known to be chosen, or was accepted in its ballot. */
    @Override
    public boolean holds(Answer<Ballot> leader) {
        var durable = replica.durable();
        if (leader.promised().isBelow(promised())) {
            return false;
        }
        for (long slot = durable.chosen() + 1; slot <= leader.last(); slot++) {
            var proposal = durable.vows().accepted(slot);
            if (proposal == null || proposal.ballot().isBelow(leader.promised())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void recover(Ballot ballot, Marks marks) {
        replica.context().journal(new Recovered(ballot, marks));
        replica.context().send(replica.self(), new RecoveryDurable(ballot));
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
        proposer.start();
        replica.context()
                .note(
                        "has recovered",
                        "ballot",
                        recovered.ballot(),
                        "chosen",
                        replica.durable().chosen());
    }

    // The others

    /** {@code leadership} is this replica's, if it leads. */
    void onRecover(NodeId from, Recover question, @Nullable Leadership leadership) {
        var durable = replica.durable();
        long incarnation = question.nonce().incarnation();
        Runnable mark = () -> replica.context().journal(new Mark(from, incarnation));
        if (!recovery.mayAnswer(from, question.nonce(), durable.marks(), mark)) {
            return;
        }
        if (leadership != null) {
            leadership.onRecover(from, incarnation);
        }
        replica.context()
                .send(
                        from,
                        new RecoverReply(
                                question.nonce(),
                                replica.context().incarnation(),
                                durablyPromised(),
                                leadership != null,
                                leadership == null ? durable.chosen() : leadership.last(),
                                durable.marks()));
    }
}
