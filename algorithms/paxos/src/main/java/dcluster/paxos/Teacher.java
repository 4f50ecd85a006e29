package dcluster.paxos;

import dcluster.paxos.PaxosMessage.InstallSnapshot;
import dcluster.paxos.PaxosMessage.Learn;
import dcluster.paxos.PaxosMessage.Learned;
import dcluster.paxos.PaxosMessage.SnapshotReply;
import dcluster.spi.NodeId;
import dcluster.toolkit.Shipment;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells learners what is chosen: values, as long as they are kept, else a snapshot, piece by piece. Any replica teaches;
 * learners ask for each step, so whoever falls silent costs nothing but what is kept for its snapshot, for a while.
 */
final class Teacher {
    /** After how many election timeouts of silence a snapshot's receiver is given up. */
    private static final int TIMEOUTS_UNTIL_ABANDONED = 10;

    private static final class Pupil {
        private final Shipment<SnapshotId> shipment;
        private long heardNanos;

        Pupil(Shipment<SnapshotId> shipment, long nowNanos) {
            this.shipment = shipment;
            this.heardNanos = nowNanos;
        }
    }

    private final Replica replica;
    private final Map<NodeId, Pupil> pupils = new LinkedHashMap<>();
    private long serial;

    Teacher(Replica replica) {
        this.replica = replica;
    }

    void onLearn(NodeId from, Learn question) {
        if (question.slot() >= replica.durable().log().firstIndex()) {
            pupils.remove(from);
            tellValues(from, question.slot());
        } else if (isBeingSentTo(from, question.slot())) {
            sendAgain(from);
        } else {
            begin(from);
        }
    }

    /** Not so if the learner has installed its snapshot, and what follows that is gone by now. */
    private boolean isBeingSentTo(NodeId to, long slot) {
        var pupil = pupils.get(to);
        return pupil != null && pupil.shipment.id().slot() >= slot;
    }

    /** As many batches as may be on their way at once; when it has the last of them the learner asks for more. */
    private void tellValues(NodeId to, long first) {
        var log = replica.durable().log();
        var batch = replica.config().batch();
        var most = replica.config().pipeline();
        long next = first;
        while (next <= log.lastIndex() && !most.exceededBy(next - first, log.bytesBetween(first - 1, next - 1))) {
            long slot = next;
            var values = log.slice(slot, batch.entries(), batch.bytes().bytes());
            next += values.size();
            boolean last =
                    next > log.lastIndex() || most.exceededBy(next - first, log.bytesBetween(first - 1, next - 1));
            // Eager: what is chosen is durable on a quorum.
            replica.context().eagerly().send(to, new Learned(slot, values, log.lastIndex(), last));
        }
    }

    /** Takes a view of the state in constant time, and begins. */
    private void begin(NodeId to) {
        var context = replica.context();
        var machine = replica.durable().machine();
        var id = new SnapshotId(machine.applied(), replica.self(), context.incarnation(), ++serial);
        var chunks = machine.freeze().chunks(replica.config().chunkBytes());
        long window = replica.config().pipeline().bytes().bytes();
        if (pupils.isEmpty()) {
            startTimer();
        }
        pupils.put(to, new Pupil(new Shipment<>(id, chunks, window), context.nowNanos()));
        context.note("sends a snapshot", "to", to, "slot", id.slot(), "bytes", machine.bytes());
        send(to);
    }

    private void startTimer() {
        replica.context()
                .startTimer(
                        PaxosTimer.SHIPMENT, replica.config().electionTimeout().most());
    }

    private void send(NodeId to) {
        var pupil = pupils.get(to);
        if (pupil == null) {
            return;
        }
        var shipment = pupil.shipment;
        for (var piece = shipment.send(); piece != null; piece = shipment.send()) {
            replica.context().send(to, new InstallSnapshot(shipment.id(), piece.number(), piece.last(), piece.chunk()));
        }
    }

    /** The learner has waited for long: what is out is sent again; or all, if it denies what it acknowledged. */
    private void sendAgain(NodeId to) {
        var pupil = pupils.get(to);
        if (pupil == null) {
            return;
        }
        pupil.heardNanos = replica.context().nowNanos();
        if (pupil.shipment.isDenied()) {
            begin(to);
        } else {
            pupil.shipment.goBack();
            send(to);
        }
    }

    void onReply(NodeId from, SnapshotReply reply) {
        var pupil = pupils.get(from);
        if (pupil != null && pupil.shipment.id().equals(reply.snapshot())) {
            pupil.heardNanos = replica.context().nowNanos();
            pupil.shipment.acknowledge(reply.received());
            send(from);
        }
    }

    void onTimer() {
        long now = replica.context().nowNanos();
        long gone = TIMEOUTS_UNTIL_ABANDONED
                * replica.config().electionTimeout().most().toNanos();
        pupils.values().removeIf(pupil -> now - pupil.heardNanos > gone);
        if (!pupils.isEmpty()) {
            startTimer();
        }
    }

    /** The least slot that a snapshot under way reaches to: what follows will be needed. */
    long shippedThrough() {
        long least = Long.MAX_VALUE;
        for (var pupil : pupils.values()) {
            least = Math.min(least, pupil.shipment.id().slot());
        }
        return least;
    }
}
