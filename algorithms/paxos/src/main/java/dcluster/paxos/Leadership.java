package dcluster.paxos;

import dcluster.paxos.PaxosMessage.Accept;
import dcluster.paxos.PaxosMessage.Accepted;
import dcluster.paxos.PaxosMessage.Heartbeat;
import dcluster.paxos.PaxosMessage.HeartbeatReply;
import dcluster.paxos.PaxosMessage.TakeOver;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.Capacity;
import dcluster.toolkit.Handover;
import dcluster.toolkit.Reads;
import dcluster.toolkit.Requests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One replica's time as the distinguished proposer of a ballot (Paxos Made Simple, section 3): phase 2 of one instance
 * after the other, many at once, and all that leaders alone must know with it.
 */
final class Leadership {
    private final Replica replica;
    private final Ballot ballot;
    private final Acceptor acceptor;
    private final Learner learner;
    private final Peers peers;
    private final Requests requests;
    private final Reads reads;
    private final Handover<PaxosTimer> handover;

    // Proposed and not known to be chosen, in the order of their instances.
    private final ArrayDeque<Run> open = new ArrayDeque<>();
    private long next;
    private long round;

    /** Begins with the instances in which an earlier leader may have had something chosen, and heartbeats to all. */
    Leadership(Replica replica, Preparation preparation, Acceptor acceptor, Learner learner) {
        this.replica = replica;
        this.ballot = preparation.ballot();
        this.acceptor = acceptor;
        this.learner = learner;
        this.peers = new Peers(replica);
        this.next = replica.durable().chosen() + 1;
        var inherited = preparation.inherited(next);
        this.requests = new Requests(
                replica.context(), replica.config().inFlight(), replica.config().batch(), capacity(inherited));
        beginHeartbeat();
        proposeInBatches(inherited);
        requests.beginAt(next);
        this.reads = new Reads(replica.context(), replica.config().inFlight().entries(), next - 1);
        this.handover = new Handover<>(
                replica.context(),
                PaxosTimer.HANDOVER,
                replica.config().electionTimeout().most(),
                replica.config().inFlight().entries());
    }

    /** What is chosen and not applied, and what is inherited, will be applied before anything new. */
    private Capacity capacity(List<Value> inherited) {
        var durable = replica.durable();
        var capacity = durable.machine().capacity(replica.context().capacityBytes());
        for (long slot = durable.machine().applied() + 1; slot <= durable.chosen(); slot++) {
            reserve(capacity, durable.log().entry(slot));
        }
        inherited.forEach(value -> reserve(capacity, value));
        return capacity;
    }

    private static void reserve(Capacity capacity, Value value) {
        var command = value.command();
        if (command != null) {
            capacity.reserveAnyway(command);
        }
    }

    private void proposeInBatches(List<Value> inherited) {
        var limit = replica.config().batch();
        var batch = new ArrayList<Value>();
        long bytes = 0;
        for (var value : inherited) {
            if (!batch.isEmpty() && limit.exceededBy(batch.size() + 1L, bytes + value.bytes())) {
                propose(List.copyOf(batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(value);
            bytes += value.bytes();
        }
        if (!batch.isEmpty()) {
            propose(List.copyOf(batch));
        }
    }

    // Phase 2

    /** Proposes values in the next instances: to all acceptors at once, and this node's own directly. */
    private void propose(List<Value> values) {
        var run = new Run(next, values, replica.context().nowNanos());
        open.add(run);
        next += values.size();
        acceptor.accept(ballot, run.first(), values);
        var message = message(run);
        for (var peer : peers.others()) {
            if (!peers.isSilent(peer)) {
                send(peer, message);
            }
        }
    }

    private Accept message(Run run) {
        return new Accept(ballot, run.first(), run.values(), replica.durable().chosen(), round);
    }

    private void send(Peers.Peer peer, Accept message) {
        // Eager: it may be accepted elsewhere before it is durable here, since it counts for this node only once it is;
        // if this node forgets it, nobody ever proposes in this ballot again. What is chosen is durable on a quorum.
        replica.context().eagerly().send(peer.node(), message);
        peer.tell(round, message.chosen());
    }

    private void proposeCommands(List<Command> commands) {
        propose(commands.stream().<Value>map(Value.Apply::new).collect(Collectors.toUnmodifiableList()));
    }

    void onAccepted(NodeId from, Accepted reply) {
        boolean isVoid = replica.durable().marks().isVoid(from, reply.incarnation());
        if (isVoid || peers.hear(from) == null) {
            return;
        }
        for (var run : open) {
            if (run.first() > reply.last()) {
                break;
            }
            run.accept(from, reply.first(), reply.last());
        }
        choose();
    }

    /** What a quorum has accepted is chosen; it is handed on up to the first instance that is not. */
    private void choose() {
        var quorums = replica.config().quorums();
        while (!open.isEmpty() && quorums.isPhase2(open.element().accepted(), replica.acceptors())) {
            learner.onChosen(replica.self(), ballot, open.remove().last());
        }
    }

    // Heartbeats

    private void beginHeartbeat() {
        beginRound();
        replica.context().startTimer(PaxosTimer.HEARTBEAT, replica.config().heartbeatInterval());
    }

    private void beginRound() {
        round++;
        peers.beginRound(round);
    }

    /** Returns whether it may go on leading. */
    boolean onHeartbeatTimer() {
        if (!peers.hearsQuorum(replica.config().electionTimeout().most().toNanos())) {
            return false;
        }
        proposeAgain();
        beginHeartbeat();
        return true;
    }

    /** What has been open for long may be lost: it goes out again, a window of it, to who has not accepted it. */
    private void proposeAgain() {
        long now = replica.context().nowNanos();
        long patience = replica.config().patience().toNanos();
        var most = replica.config().pipeline();
        long count = 0;
        long bytes = 0;
        for (var run : open) {
            count += run.values().size();
            bytes += run.bytes();
            if (now - run.sentNanos() < patience || (count > run.values().size() && most.exceededBy(count, bytes))) {
                return;
            }
            run.resend(now);
            for (var peer : peers.others()) {
                if (!run.accepted().contains(peer.node()) && !peers.isSilent(peer)) {
                    send(peer, message(run));
                }
            }
        }
    }

    void onHeartbeatReply(NodeId from, HeartbeatReply reply) {
        if (reply.round() > round) {
            throw new IllegalStateException(
                    "a round was answered that has not begun: answered=" + reply.round() + " round=" + round);
        }
        peers.onReply(from, reply.round(), reply.chosen());
    }

    /** A wiped acceptor asks for all there is, in that incarnation; its mark is journalled. */
    void onRecover(NodeId from, long incarnation) {
        if (peers.recover(from, incarnation)) {
            open.forEach(run -> run.forget(from));
        }
    }

    /** The last instance in which it has proposed. */
    long last() {
        return next - 1;
    }

    // Requests

    void onRequest(Request request) {
        if (!handover.takes(request, peers)) {
            serve(request);
        }
    }

    private void serve(Request request) {
        if (request.command().isRead() && replica.config().reads() == PaxosConfig.ReadPath.READ_INDEX) {
            reads.add(request);
        } else {
            requests.add(request);
        }
    }

    // Handing over

    void onHandoverTimer() {
        handover.onTimer(this::serve);
    }

    /** Once all that was proposed is chosen and answered, and the other node knows it, it is told to take over. */
    private void handOver() {
        var next = handover.waiting().flatMap(peers::other).orElse(null);
        boolean rests = requests.waitingCount() + reads.waitingCount() == 0;
        if (next == null || !rests || !open.isEmpty() || !peers.hearsPhase1()) {
            return;
        }
        if (next.chosen() == last()) {
            handover.tell();
            // Eager: an order to prepare claims nothing.
            replica.context().eagerly().send(next.node(), new TakeOver(ballot));
        } else if (next.chosenTold() < last()) {
            beginRound();
            tellRound();
        }
    }

    /** Proposes what the turn gathered, applies and answers what is chosen, and tells each acceptor of a new round. */
    void endTurn() {
        if (reads.needRound()) {
            beginRound();
            reads.waitFor(round, replica.durable().chosen());
        }
        requests.propose(this::proposeCommands);
        learner.apply(requests);
        if (reads.waitingCount() > 0) {
            reads.answer(peers.confirmedRound(), replica.durable().machine());
        }
        tellRound();
        handOver();
    }

    private void tellRound() {
        for (var peer : peers.others()) {
            if (peer.roundSent() < round) {
                // Eager: the promises that made this node leader are durable on a quorum, and so is what is chosen.
                replica.context()
                        .eagerly()
                        .send(
                                peer.node(),
                                new Heartbeat(ballot, replica.durable().chosen(), round));
                peer.tell(round, replica.durable().chosen());
            }
        }
    }

    /**
     * Gives up: what was proposed has an unknown outcome, everything else was certainly not done.
     *
     * @param isDeposed whether another one begins to lead
     */
    void end(Response refusal, boolean isDeposed) {
        replica.context().stopTimer(PaxosTimer.HEARTBEAT);
        handover.end(refusal, isDeposed);
        requests.endWith(refusal);
        reads.endWith(refusal);
    }

    Ballot ballot() {
        return ballot;
    }

    int waitingCount() {
        return requests.waitingCount() + reads.waitingCount() + handover.keptCount();
    }

    int openCount() {
        return open.size();
    }
}
