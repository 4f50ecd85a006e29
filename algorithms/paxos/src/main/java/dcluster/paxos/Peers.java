package dcluster.paxos;

import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a leader knows of the acceptors, itself among them. */
final class Peers {
    /** One acceptor. */
    static final class Peer {
        private final NodeId node;
        private long heardNanos;
        private long recoveringIncarnation;
        private long roundSent;
        private long roundAnswered;

        private Peer(NodeId node, long nowNanos) {
            this.node = node;
            this.heardNanos = nowNanos;
        }

        NodeId node() {
            return node;
        }

        /** It recovers from a wipe, in that incarnation; returns whether that is news. */
        boolean recover(long incarnation) {
            boolean news = incarnation > recoveringIncarnation;
            recoveringIncarnation = incarnation;
            return news;
        }

        void tellRound(long round) {
            roundSent = round;
        }

        long roundSent() {
            return roundSent;
        }
    }

    private final Replica replica;
    private final Map<NodeId, Peer> all = new LinkedHashMap<>();
    private final List<Peer> others = new ArrayList<>();

    Peers(Replica replica) {
        this.replica = replica;
        for (var acceptor : replica.acceptors()) {
            var peer = new Peer(acceptor, replica.context().nowNanos());
            all.put(acceptor, peer);
            if (!acceptor.equals(replica.self())) {
                others.add(peer);
            }
        }
    }

    List<Peer> others() {
        return others;
    }

    /** An acceptor is heard; null if it is none. */
    @Nullable
    Peer hear(NodeId node) {
        var peer = all.get(node);
        if (peer != null) {
            peer.heardNanos = replica.context().nowNanos();
        }
        return peer;
    }

    /** Nothing was heard for a while: nothing more is proposed to it before it is heard again. */
    boolean isSilent(Peer peer) {
        return replica.context().nowNanos() - peer.heardNanos
                > replica.config().electionTimeout().least().toNanos();
    }

    /** The other acceptor that was heard last; empty if there is none. */
    Optional<NodeId> liveliest() {
        return others.stream()
                .max(Comparator.comparingLong(peer -> peer.heardNanos))
                .map(Peer::node);
    }

    void answerRound(NodeId node, long round) {
        var peer = all.get(node);
        if (peer != null) {
            peer.roundAnswered = Math.max(peer.roundAnswered, round);
        }
    }

    /**
     * The latest round that a quorum of phase 2 has answered. Every quorum of phase 1 shares an acceptor with it, so no
     * higher ballot was prepared when that round began.
     */
    long confirmedRound() {
        long confirmed = 0;
        for (var candidate : all.values()) {
            if (candidate.roundAnswered > confirmed && isConfirmed(candidate.roundAnswered)) {
                confirmed = candidate.roundAnswered;
            }
        }
        return confirmed;
    }

    private boolean isConfirmed(long round) {
        Set<NodeId> answered = new LinkedHashSet<>();
        for (var peer : all.values()) {
            if (peer.roundAnswered >= round) {
                answered.add(peer.node);
            }
        }
        return replica.config().quorums().isPhase2(answered, replica.acceptors());
    }

    /** Whether a quorum of phase 2 was heard within so many nanoseconds; this node hears itself. */
    boolean hearsQuorum(long withinNanos) {
        hear(replica.self());
        long now = replica.context().nowNanos();
        Set<NodeId> heard = new LinkedHashSet<>();
        for (var peer : all.values()) {
            if (now - peer.heardNanos <= withinNanos) {
                heard.add(peer.node);
            }
        }
        return replica.config().quorums().isPhase2(heard, replica.acceptors());
    }
}
