package dcluster.raft;

import dcluster.raft.RaftMessage.SnapshotReply;

/**
 * The leader's half of a snapshot's transfer (section 7): to a follower that needs entries which are discarded here,
 * the state machine is sent as it was when the transfer began, one chunk after the other. Replication goes on from the
 * log behind it.
 */
final class Snapshots {
    private final Replica replica;
    private final int chunkBytes;
    private long serial;

    Snapshots(Replica replica) {
        this.replica = replica;
        this.chunkBytes = replica.config().chunkBytes();
    }

    /** Takes a view of the state in constant time, and begins. */
    void begin(Progress progress) {
        var durable = replica.durable();
        var machine = durable.machine();
        var id = new SnapshotId(machine.applied(), replica.log().termAt(machine.applied()), durable.term(), ++serial);
        progress.beginTransfer(new Transfer(id, machine.freeze().chunks(chunkBytes)));
        replica.context()
                .note("sends a snapshot", "to", progress.node(), "index", id.index(), "bytes", machine.bytes());
    }

    /** Sends the current chunk unless it is out already. */
    void send(Progress progress) {
        var transfer = progress.transfer();
        if (transfer == null || progress.awaitsReply()) {
            return;
        }
        var context = replica.context();
        context.send(progress.node(), transfer.message(replica.durable().term()));
        progress.sentChunk(context.nowNanos());
    }

    void onReply(Progress progress, SnapshotReply reply) {
        var transfer = progress.transfer();
        if (transfer == null || !transfer.id().equals(reply.snapshot())) {
            return;
        }
        if (transfer.isLostWith(reply.received())) {
            begin(progress);
        } else if (transfer.advance(reply.received())) {
            progress.giveUpWaiting(replica.context().nowNanos());
        }
    }
}
