package dcluster.paxos;

import dcluster.paxos.PaxosMessage.InstallSnapshot;
import dcluster.paxos.PaxosMessage.Learn;
import dcluster.paxos.PaxosMessage.SnapshotReply;
import dcluster.paxos.PaxosRecord.Chunk;
import dcluster.paxos.PaxosRecord.Installed;
import dcluster.paxos.PaxosRecord.Learned;
import dcluster.spi.NodeId;
import dcluster.toolkit.StateMachine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A learner (Paxos Made Simple, 2.3 and 3): finds out which values are chosen, hands them to the state machine in the
 * order of their instances and never past a hole, and asks others for what it lacks.
 *
 * <p>The leader of a ballot tells how far everything is chosen. Where this node's acceptor has accepted the proposal of that
 * very ballot, that is the value; a proposal of another ballot need not be, so then it asks.
 */
final class Learner {
    private final Replica replica;

    /** Who has taught nothing when it was asked so often is forgotten: whoever knows more will say so again. */
    private static final int MOST_ASKED_IN_VAIN = 3;

    // Who is known to know more, and how much; whether it was asked, and how often since anything came.
    private @Nullable NodeId teacher;
    private long known;
    private boolean asks;
    private int askedInVain;

    // Whether it waits to ask, and how far it was when it began to.
    private boolean timerRuns;
    private long markedChosen;
    private int markedReceived;

    Learner(Replica replica) {
        this.replica = replica;
    }

    // What is chosen

    /** Every instance up to {@code chosen} is chosen, says the leader of that ballot; or a quorum has accepted it. */
    void onChosen(NodeId from, Ballot ballot, long chosen) {
        choose(ballot, chosen);
        if (chosen > replica.durable().chosen()) {
            lack(from, chosen);
        }
    }

    private void choose(Ballot ballot, long through) {
        var durable = replica.durable();
        var proposal = durable.vows().accepted(durable.chosen() + 1);
        while (proposal != null && isChosen(proposal, ballot, through)) {
            durable.choose(proposal.value());
            proposal = durable.vows().accepted(durable.chosen() + 1);
        }
    }

    /** Whether what was accepted in the next instance is chosen, where that ballot's are up to an instance. */
    private boolean isChosen(Proposal proposal, Ballot ballot, long through) {
        return proposal.ballot().equals(Ballot.CHOSEN)
                || (replica.durable().chosen() < through && proposal.ballot().equals(ballot));
    }

    /** What was learned before a restart stays so. */
    void start() {
        choose(Ballot.CHOSEN, 0);
    }

    // What is lacking

    /** A node knows that everything up to an instance is chosen, and what. */
    private void lack(NodeId from, long chosen) {
        if (chosen > replica.durable().chosen() && !from.equals(replica.self())) {
            if (chosen >= known) {
                known = chosen;
                teacher = from;
            }
            awaitIt();
        }
    }

    /** What is lacking is often on its way: it is asked for when it has not come for a while, and again when no answer has. */
    private void awaitIt() {
        if (!timerRuns) {
            timerRuns = true;
            mark();
            var config = replica.config();
            replica.context().startTimer(PaxosTimer.LEARN, asks ? config.patience() : config.heartbeatInterval());
        }
    }

    private void mark() {
        markedChosen = replica.durable().chosen();
        var incoming = replica.durable().incoming();
        markedReceived = incoming == null ? 0 : incoming.received();
    }

    private boolean hasProgressed() {
        var incoming = replica.durable().incoming();
        return replica.durable().chosen() != markedChosen
                || (incoming == null ? 0 : incoming.received()) != markedReceived;
    }

    void onTimer() {
        timerRuns = false;
        if (!isBehind()) {
            asks = false;
            return;
        }
        if (hasProgressed()) {
            askedInVain = 0;
        } else if (++askedInVain > MOST_ASKED_IN_VAIN) {
            forgetTeacher();
            return;
        } else {
            ask();
        }
        awaitIt();
    }

    private void forgetTeacher() {
        teacher = null;
        known = 0;
        asks = false;
        askedInVain = 0;
    }

    private void ask() {
        if (teacher != null) {
            asks = true;
            // Eager: a question claims nothing.
            replica.context()
                    .eagerly()
                    .send(teacher, new Learn(replica.durable().chosen() + 1));
        }
    }

    /** Whether it has heard of values that are chosen and that it does not know. */
    private boolean isBehind() {
        return known > replica.durable().chosen();
    }

    /** Asks this node at once, without waiting for what may be on its way, and whoever else is known to know more. */
    void askAtOnce(NodeId from, long chosen) {
        teacher = from;
        known = Math.max(known, chosen);
        askedInVain = 0;
        ask();
        awaitIt();
    }

    void onLearned(NodeId from, PaxosMessage.Learned message) {
        var durable = replica.durable();
        long skipped = durable.chosen() + 1 - message.slot();
        if (skipped >= 0 && skipped < message.values().size()) {
            int first = (int) skipped;
            replica.context()
                    .journal(new Learned(
                            durable.chosen() + 1,
                            message.values().subList(first, message.values().size())));
            choose(Ballot.CHOSEN, 0);
            if (message.last() && message.chosen() > durable.chosen()) {
                askAtOnce(from, message.chosen());
            }
        }
    }

    // Snapshots

    void onInstallSnapshot(NodeId from, InstallSnapshot message) {
        var snapshot = message.snapshot();
        if (snapshot.slot() > replica.durable().chosen()) {
            if (message.number() == received(snapshot)) {
                replica.context().journal(new Chunk(snapshot, message.number(), message.chunk()));
            }
            if (message.last() && received(snapshot) == message.number() + 1) {
                install(from, snapshot);
            }
        }
        boolean covered = snapshot.slot() <= replica.durable().chosen();
        int held = covered ? message.number() + 1 : received(snapshot);
        replica.context().send(from, new SnapshotReply(snapshot, held));
    }

    private int received(SnapshotId snapshot) {
        var incoming = replica.durable().incoming();
        return incoming != null && incoming.id().equals(snapshot) ? incoming.received() : 0;
    }

    private void install(NodeId from, SnapshotId snapshot) {
        replica.context().journal(new Installed(snapshot));
        replica.context().note("installed a snapshot", "slot", snapshot.slot(), "of", snapshot.maker());
        choose(Ballot.CHOSEN, 0);
        if (isBehind()) {
            askAtOnce(from, known);
        }
    }

    // The state machine

    /** Applies what is chosen and not yet applied, or a slice of it: then goes on soon. */
    void apply(StateMachine.Listener listener) {
        var log = replica.durable().log();
        var machine = replica.durable().machine();
        if (machine.applyThrough(log.lastIndex(), slot -> log.entry(slot).command(), listener)) {
            replica.context().startTimer(PaxosTimer.APPLY, Duration.ZERO);
        }
    }
}
