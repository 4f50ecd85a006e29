package dcluster.raft;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftMessage.AppendRejected;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftMessage.SnapshotReply;
import dcluster.raft.RaftMessage.TimeoutNow;
import dcluster.raft.RaftRecord.Append;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.Capacity;
import dcluster.toolkit.Handover;
import dcluster.toolkit.Reads;
import dcluster.toolkit.Requests;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One replica's time as a leader: made when it is elected, gone when it is not any more, and all that leaders alone
 * must know with it (figure 2, volatile state on leaders).
 */
final class Leadership {
    private final Replica replica;
    private final Peers peers;
    private final Snapshots snapshots;
    private final Replication replication;
    private final Requests requests;
    private final Reads reads;
    private final Handover<RaftTimer> handover;
    private boolean hasLostQuorum;

    /** Begins with an entry of its own and heartbeats to all, at the end of this turn (section 5.2). */
    Leadership(Replica replica) {
        this.replica = replica;
        this.peers = new Peers(replica);
        this.snapshots = new Snapshots(replica);
        this.replication = new Replication(replica, peers, snapshots);
        this.requests = new Requests(
                replica.context(), replica.config().inFlight(), replica.config().batch(), capacity());
        appendNoOp();
        this.reads = new Reads(
                replica.context(),
                replica.config().inFlight().entries(),
                replica.log().lastIndex());
        this.handover = new Handover<>(
                replica.context(),
                RaftTimer.HANDOVER,
                replica.config().electionTimeout().most(),
                replica.config().inFlight().entries());
        beginHeartbeat();
    }

    /** What the log holds from earlier terms may yet be applied. */
    private Capacity capacity() {
        var machine = replica.durable().machine();
        var capacity = machine.capacity(replica.context().capacityBytes());
        var log = replica.log();
        for (long index = machine.applied() + 1; index <= log.lastIndex(); index++) {
            var command = log.entry(index).command();
            if (command != null) {
                capacity.reserveAnyway(command);
            }
        }
        return capacity;
    }

    /** The entry that every leader begins with (section 8): once it is committed, so is all that came before it. */
    private void appendNoOp() {
        append(List.of(new Entry.NoOp(replica.durable().term())));
        requests.beginAt(replica.log().lastIndex() + 1);
        acknowledgeWhenDurable();
    }

    private void append(List<Entry> entries) {
        replica.context().journal(new Append(replica.log().lastIndex() + 1, entries));
    }

    /** The message to itself arrives when the disk has caught up: only then does this node count for its own entries. */
    private void acknowledgeWhenDurable() {
        var context = replica.context();
        context.send(
                context.self(),
                new AppendReply(replica.durable().term(), replica.log().lastIndex(), context.incarnation(), true));
    }

    private void beginHeartbeat() {
        replication.beginRound();
        replica.context().startTimer(RaftTimer.HEARTBEAT, replica.config().heartbeatInterval());
    }

    /** Returns whether it may go on leading. */
    boolean onHeartbeatTimer() {
        hasLostQuorum = replica.config().checkQuorum() && isAlone();
        if (hasLostQuorum) {
            return false;
        }
        replication.checkSilence();
        beginHeartbeat();
        return true;
    }

    private boolean isAlone() {
        return peers.majoritySilenceNanos(replica.context().nowNanos())
                > replica.config().electionTimeout().most().toNanos();
    }

    void onRequest(Request request) {
        if (!handover.takes(request, peers)) {
            serve(request);
        }
    }

    private void serve(Request request) {
        if (request.command().isRead() && replica.config().reads() == ReadPath.READ_INDEX) {
            reads.add(request);
        } else {
            requests.add(request);
        }
    }

    // Handing over (thesis, section 3.10)

    void onHandoverTimer() {
        handover.onTimer(this::serve);
    }

    /** Once all is committed and answered, and the other node holds it, it is told to stand. */
    private void handOver() {
        long last = replica.log().lastIndex();
        var next = handover.waiting().map(peers::of).orElse(null);
        boolean rests = requests.waitingCount() + reads.waitingCount() == 0;
        if (next != null && rests && next.counted() == last) {
            handover.tell();
            // Eager: an order to stand claims nothing.
            replica.context()
                    .eagerly()
                    .send(next.node(), new TimeoutNow(replica.durable().term()));
        }
    }

    void onAppendReply(NodeId from, AppendReply reply) {
        if (replica.durable().marks().isVoid(from, reply.incarnation())) {
            // Of before it was wiped: it does not hold that any more.
            return;
        }
        var progress = hear(from);
        if (progress != null && replication.onAgreement(progress, reply)) {
            replica.commitment().majorityHolds(peers.majorityMatch());
        }
    }

    void onAppendRejected(NodeId from, AppendRejected rejection) {
        var progress = hear(from);
        if (progress != null) {
            replication.onRejection(progress, rejection);
        }
    }

    void onHeartbeatReply(NodeId from, HeartbeatReply reply) {
        var progress = hear(from);
        if (progress != null) {
            replication.onHeartbeatReply(progress, reply.round());
        }
    }

    void onSnapshotReply(NodeId from, SnapshotReply reply) {
        var progress = hear(from);
        if (progress != null) {
            snapshots.onReply(progress, reply);
        }
    }

    /** A wiped member asks for all there is, in that incarnation; its mark is journalled. */
    void onRecover(NodeId from, long incarnation) {
        var progress = hear(from);
        if (progress != null) {
            replication.onRecover(progress, incarnation);
        }
    }

    /** A member answered in this term; null if it is no member. */
    private @Nullable Progress hear(NodeId from) {
        var progress = peers.of(from);
        if (progress != null) {
            progress.hear(replica.context().nowNanos());
        }
        return progress;
    }

    /** Journals what the turn gathered, applies and answers what is committed, and sends each follower one message. */
    void endTurn() {
        appendGathered();
        replica.commitment().apply(requests);
        if (reads.needRound()) {
            reads.waitFor(replication.beginRound(), replica.commitment().commit());
        }
        reads.answer(peers.majorityRound(), replica.durable().machine());
        replication.endTurn();
        handOver();
    }

    /** What this turn gathered becomes one record, or a few if it exceeds what one may hold. */
    private void appendGathered() {
        if (requests.isGathered()) {
            long term = replica.durable().term();
            requests.propose(commands -> append(commands.stream()
                    .<Entry>map(command -> new Entry.Apply(term, command))
                    .toList()));
            acknowledgeWhenDurable();
        }
    }

    /** Gives up: what was appended has an unknown outcome, everything else was certainly not done. */
    void end(Response refusal) {
        replica.context().stopTimer(RaftTimer.HEARTBEAT);
        handover.end(refusal, !hasLostQuorum);
        requests.endWith(refusal);
        reads.endWith(refusal);
    }

    /** The least index that a snapshot under way reaches to: what follows will be needed. */
    long shippedThrough() {
        long least = Long.MAX_VALUE;
        for (var progress : peers.others()) {
            var shipment = progress.shipment();
            least = shipment == null ? least : Math.min(least, shipment.id().index());
        }
        return least;
    }

    int waitingCount() {
        return requests.waitingCount() + reads.waitingCount() + handover.keptCount();
    }
}
