package dcluster.raft;

import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.raft.RaftMessage.SnapshotReply;
import dcluster.raft.RaftRecord.Chunk;
import dcluster.raft.RaftRecord.Installed;
import dcluster.spi.NodeId;

/**
 * The follower's half of a snapshot's shipment (section 7, figure 13). Each chunk is journalled as it comes, so a
 * restart loses none that was acknowledged; the last one installs the whole.
 */
final class Installation {
    private final Replica replica;
    private final Election election;
    private final Following following;

    Installation(Replica replica, Election election, Following following) {
        this.replica = replica;
        this.election = election;
        this.following = following;
    }

    void onInstallSnapshot(NodeId from, InstallSnapshot message) {
        if (!election.recognises(from, message.term())) {
            return;
        }
        var snapshot = message.snapshot();
        if (snapshot.index() <= replica.commitment().commit()) {
            // Nothing that is missing here; what is committed agrees with the leader's log up to there.
            following.agreesThrough(snapshot.index());
            return;
        }
        var incoming = replica.durable().incoming();
        if (incoming != null && snapshot.isOlderThan(incoming.id())) {
            return;
        }
        if (message.number() == received(snapshot)) {
            replica.context().journal(new Chunk(snapshot, message.number(), message.chunk()));
        }
        if (message.last() && received(snapshot) == message.number() + 1) {
            install(snapshot);
            following.agreesThrough(snapshot.index());
        } else {
            replica.context().send(from, new SnapshotReply(replica.durable().term(), snapshot, received(snapshot)));
        }
    }

    private int received(SnapshotId snapshot) {
        var incoming = replica.durable().incoming();
        return incoming != null && incoming.id().equals(snapshot) ? incoming.received() : 0;
    }

    private void install(SnapshotId snapshot) {
        replica.context().journal(new Installed(snapshot));
        replica.commitment().restored();
        replica.context().note("installed a snapshot", "index", snapshot.index(), "term", snapshot.term());
    }
}
