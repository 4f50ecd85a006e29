package dcluster.paxos;

import dcluster.paxos.PaxosMessage.Accept;
import dcluster.paxos.PaxosMessage.Heartbeat;
import dcluster.paxos.PaxosMessage.HeartbeatReply;
import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.paxos.PaxosMessage.Rejected;
import dcluster.paxos.PaxosRecord.Accepted;
import dcluster.paxos.PaxosRecord.Promised;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An acceptor (Paxos Made Simple, 2.2): promises, and accepts. It may ignore any request, and does so where an answer would
 * only disturb: a prepare request while it hears a leader, and a proposal far beyond what it knows to be chosen.
 *
 * <p>What it accepts in a turn it acknowledges as one message at the turn's end.
 */
final class Acceptor {
    private final Replica replica;
    private final Learner learner;
    private final BooleanSupplier isForgetful;

    // What is owed to the leader of a ballot: consecutive instances that were accepted in this turn, and the latest
    // round of heartbeats, unless it was answered before.
    private @Nullable Ballot owed;
    private long first;
    private long last;
    private long round;
    private long roundAnswered;

    /** {@code isForgetful} tells whether it was wiped and has not recovered yet. */
    Acceptor(Replica replica, Learner learner, BooleanSupplier isForgetful) {
        this.replica = replica;
        this.learner = learner;
        this.isForgetful = isForgetful;
    }

    // Phase 1

    /**
     * Phase 1b: promises, unless a higher ballot was promised; the answer tells what was accepted. The proposer of this node
     * calls it directly.
     */
    void onPrepare(NodeId from, Prepare request) {
        if (!replica.durable().vows().mayPromise(request.ballot())) {
            reject(from);
            return;
        }
        promise(request.ballot());
        answer(from, request);
    }

    private void promise(Ballot ballot) {
        if (!ballot.equals(replica.durable().vows().promised())) {
            replica.context().journal(new Promised(ballot));
        }
    }

    /** In as many pieces as it takes; each says which instances it is about. */
    private void answer(NodeId to, Prepare request) {
        var durable = replica.durable();
        long slot = request.slot();
        var batch = replica.config().batch();
        var piece = new ArrayList<Placed>();
        long bytes = 0;
        for (var placed : durable.vows().acceptedFrom(slot)) {
            long more = placed.proposal().bytes();
            if (!piece.isEmpty() && batch.exceededBy(piece.size() + 1L, bytes + more)) {
                promise(to, request.ballot(), slot, placed.slot() - 1, piece);
                slot = placed.slot();
                piece.clear();
                bytes = 0;
            }
            piece.add(placed);
            bytes += more;
        }
        promise(to, request.ballot(), slot, Long.MAX_VALUE, piece);
    }

    private void promise(NodeId to, Ballot ballot, long slot, long through, List<Placed> piece) {
        var durable = replica.durable();
        long incarnation = replica.context().incarnation();
        replica.context()
                .send(to, new Promise(ballot, slot, through, durable.chosen(), piece, incarnation, durable.marks()));
    }

    private void reject(NodeId to) {
        var promised = replica.durable().vows().promised();
        if (promised != null) {
            replica.context().send(to, new Rejected(promised));
        }
    }

    // Phase 2

    /** Phase 2b: accepts what a leader proposes, unless a higher ballot was promised. */
    void onAccept(NodeId from, Accept request) {
        if (!replica.durable().vows().mayAccept(request.ballot())) {
            reject(from);
            return;
        }
        if (hasRoomFor(request)) {
            accept(request.ballot(), request.slot(), request.values());
        }
        owe(request.ballot(), request.round());
        learner.onChosen(from, request.ballot(), request.chosen());
    }

    /** Far beyond what is known to be chosen nothing new is accepted: whoever lags so far learns it later. */
    private boolean hasRoomFor(Accept request) {
        var durable = replica.durable();
        var most = replica.config().inFlight();
        return request.last() <= durable.vows().last()
                || !most.exceededBy(
                        (request.last() - durable.chosen()) / 2, durable.vows().bytes() / 2);
    }

    /** Accepts values of a ballot that may be accepted; the proposer of this node calls it directly. */
    void accept(Ballot ballot, long slot, List<Value> values) {
        long known = replica.durable().chosen();
        int skipped = (int) Math.min(values.size(), Math.max(0, known + 1 - slot));
        if (!isAccepted(ballot, slot + skipped, slot + values.size() - 1)) {
            var open = skipped == 0 ? values : values.subList(skipped, values.size());
            replica.context().journal(new Accepted(ballot, slot + skipped, open, known));
        }
        owe(ballot, slot, slot + values.size() - 1);
    }

    /** Whether a request is a repeated one. */
    private boolean isAccepted(Ballot ballot, long from, long to) {
        var vows = replica.durable().vows();
        for (long slot = from; slot <= to; slot++) {
            var proposal = vows.accepted(slot);
            if (proposal == null || proposal.ballot().isBelow(ballot)) {
                return false;
            }
        }
        return true;
    }

    void onHeartbeat(NodeId from, Heartbeat message) {
        if (!replica.durable().vows().mayAccept(message.ballot())) {
            reject(from);
            return;
        }
        owe(message.ballot(), message.round());
        learner.onChosen(from, message.ballot(), message.chosen());
    }

    // Answers

    private void owe(Ballot ballot, long from, long to) {
        turnTo(ballot);
        if (last > 0 && from != last + 1) {
            acknowledge();
        }
        first = last == 0 ? from : first;
        last = to;
    }

    private void owe(Ballot ballot, long heardRound) {
        turnTo(ballot);
        round = Math.max(round, heardRound);
    }

    private void turnTo(Ballot ballot) {
        if (!ballot.equals(owed)) {
            acknowledge();
            owed = ballot;
            round = 0;
            roundAnswered = 0;
        }
    }

    /** Whoever recovers from a wipe may have promised to ignore that leader: it accepts, and does not say so. */
    private void acknowledge() {
        if (owed != null && last > 0 && !isForgetful.getAsBoolean()) {
            long incarnation = replica.context().incarnation();
            replica.context().send(owed.node(), new PaxosMessage.Accepted(owed, first, last, incarnation));
        }
        last = 0;
    }

    /** Acknowledges what was accepted in this turn, and the round that was heard. */
    void endTurn() {
        acknowledge();
        var leader = owed;
        if (leader != null && round > roundAnswered && !leader.node().equals(replica.self())) {
            roundAnswered = round;
            if (!isForgetful.getAsBoolean() && replica.durable().vows().mayAccept(leader)) {
                // Eager: it says that no higher ballot was promised, and what was is durable or was told to nobody.
                long chosen = replica.durable().chosen();
                replica.context().eagerly().send(leader.node(), new HeartbeatReply(leader, round, chosen));
            }
        }
    }
}
