package dcluster.raft;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftMessage.AppendRejected;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftMessage.SnapshotReply;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
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

    /** Begins with an entry of its own and heartbeats to all, at the end of this turn (section 5.2). */
    Leadership(Replica replica) {
        this.replica = replica;
        this.peers = new Peers(replica);
        this.snapshots = new Snapshots(replica);
        this.replication = new Replication(replica, peers, snapshots);
        this.requests = new Requests(replica);
        requests.appendNoOp();
        this.reads = new Reads(replica);
        beginHeartbeat();
    }

    private void beginHeartbeat() {
        replication.beginRound();
        replica.context().startTimer(RaftTimer.HEARTBEAT, replica.config().heartbeatInterval());
    }

    /** Returns whether it may go on leading. */
    boolean onHeartbeatTimer() {
        if (replica.config().checkQuorum() && isAlone()) {
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
        if (request.command().isRead() && replica.config().reads() == ReadPath.READ_INDEX) {
            reads.add(request);
        } else {
            requests.add(request);
        }
    }

    void onAppendReply(NodeId from, AppendReply reply) {
        var progress = hear(from);
        if (progress != null && replication.onAgreement(progress, reply.matchIndex())) {
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
        requests.endTurn();
        replica.commitment().apply(requests);
        if (reads.needRound()) {
            reads.waitFor(replication.beginRound());
        }
        reads.answer(peers.majorityRound());
        replication.endTurn();
    }

    /** Gives up: what was appended has an unknown outcome, everything else was certainly not done. */
    void end(Response refusal) {
        replica.context().stopTimer(RaftTimer.HEARTBEAT);
        requests.endWith(refusal);
        reads.endWith(refusal);
    }

    /** The least index that a snapshot under way reaches to: what follows will be needed. */
    long transferredThrough() {
        long least = Long.MAX_VALUE;
        for (var progress : peers.others()) {
            var transfer = progress.transfer();
            least = transfer == null ? least : Math.min(least, transfer.id().index());
        }
        return least;
    }

    int waitingCount() {
        return requests.waitingCount() + reads.waitingCount();
    }
}
