package dcluster.raft;

import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.raft.RaftMessage.SnapshotReply;
import dcluster.toolkit.Shipment;

/**
 * The leader's half of a snapshot's shipment (section 7): to a follower that needs entries which are discarded here,
 * the state machine is sent as it was when the shipment began, chunk after chunk without waiting, as far as the window
 * allows. Replication goes on from the log behind it.
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
        long window = replica.config().pipeline().bytes().bytes();
        progress.beginShipment(new Shipment<>(id, machine.freeze().chunks(chunkBytes), window));
        replica.context()
                .note("sends a snapshot", "to", progress.node(), "index", id.index(), "bytes", machine.bytes());
    }

    /** Sends the chunks that may go out now. */
    void send(Progress progress) {
        var shipment = progress.shipment();
        if (shipment == null) {
            return;
        }
        var context = replica.context();
        boolean waits = shipment.isOut();
        long term = replica.durable().term();
        for (var piece = shipment.send(); piece != null; piece = shipment.send()) {
            context.send(
                    progress.node(),
                    new InstallSnapshot(term, shipment.id(), piece.number(), piece.last(), piece.chunk()));
        }
        if (!waits && shipment.isOut()) {
            progress.beginWaiting(context.nowNanos());
        }
    }

    void onReply(Progress progress, SnapshotReply reply) {
        var shipment = progress.shipment();
        if (shipment != null && shipment.id().equals(reply.snapshot()) && shipment.acknowledge(reply.received())) {
            progress.beginWaiting(replica.context().nowNanos());
        }
    }

    /**
     * The follower lives and has not answered for too long: what is out is sent again; or all from the beginning, as a
     * new snapshot, if the follower denies what it acknowledged.
     */
    void sendAgain(Progress progress) {
        var shipment = progress.shipment();
        if (shipment == null) {
            return;
        }
        if (shipment.isDenied()) {
            begin(progress);
        } else {
            shipment.goBack();
        }
    }
}
