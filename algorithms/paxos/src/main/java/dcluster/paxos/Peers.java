package dcluster.paxos;

import dcluster.spi.NodeId;
import dcluster.toolkit.Handover;
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
final class Peers implements Handover.Successors {
    /** One acceptor. */
    static final class Peer {
        private final NodeId node;
        private long heardNanos;
        private long recoveringNanos;
        private long recoveringIncarnation;
        private long chosen;
        private long chosenTold;
        private long roundSent;
        private long roundAnswered;

        private Peer(NodeId node, long nowNanos) {
            this.node = node;
            this.heardNanos = nowNanos;
            this.recoveringNanos = nowNanos;
        }

        NodeId node() {
            return node;
        }

        /** It recovers from a wipe, in that incarnation, and so counts for nothing; returns whether that is news. */
        private boolean recover(long incarnation, long nowNanos) {
            boolean news = incarnation > recoveringIncarnation;
            recoveringNanos = nowNanos;
            recoveringIncarnation = incarnation;
            chosen = 0;
            return news;
        }

        /** It was sent that round, and that everything up to an instance is chosen. */
        void tell(long round, long chosenThrough) {
            roundSent = round;
            chosenTold = chosenThrough;
        }

        long chosenTold() {
            return chosenTold;
        }

        /** How far it is known to know what is chosen. */
        long chosen() {
            return chosen;
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

    /** An acceptor recovers from a wipe, in that incarnation; returns whether that is news. */
    boolean recover(NodeId node, long incarnation) {
        var peer = all.get(node);
        return peer != null && peer.recover(incarnation, replica.context().nowNanos());
    }

    /** Nothing was heard for a while: nothing more is proposed to it before it is heard again. */
    boolean isSilent(Peer peer) {
        return replica.context().nowNanos() - Math.max(peer.heardNanos, peer.recoveringNanos)
                > replica.config().patience().toNanos();
    }

    Optional<Peer> other(NodeId node) {
        return Optional.ofNullable(all.get(node)).filter(others::contains);
    }

    /** Of the other acceptors that are heard the one that knows most of what is chosen, and the one heard last of several. */
    @Override
    public Optional<NodeId> best() {
        return others.stream()
                .filter(this::isHeard)
                .max(Comparator.comparingLong(Peer::chosen).thenComparingLong(peer -> peer.heardNanos))
                .map(Peer::node);
    }

    @Override
    public Optional<String> obstacle(NodeId next) {
        if (other(next).filter(this::isHeard).isEmpty()) {
            return Optional.of(next + " is not heard: it is down, cut off, or recovers from a wipe");
        }
        return hearsPhase1() ? Optional.empty() : Optional.of("too few nodes are heard to elect another leader");
    }

    /** Whether a quorum was heard of late that could promise another ballot. */
    boolean hearsPhase1() {
        hear(replica.self());
        return replica.config()
                .quorums()
                .isPhase1(heardWithin(replica.config().patience().toNanos()), replica.acceptors());
    }

    /** Whoever recovers from a wipe is not heard in this sense. */
    private boolean isHeard(Peer peer) {
        return replica.context().nowNanos() - peer.heardNanos
                <= replica.config().patience().toNanos();
    }

    /** That round has begun, and this node is with it. */
    void beginRound(long round) {
        answerRound(all.get(replica.self()), round);
    }

    private static void answerRound(@Nullable Peer peer, long round) {
        if (peer != null) {
            peer.roundAnswered = Math.max(peer.roundAnswered, round);
        }
    }

    /** An acceptor has answered a round, and knows what is chosen up to an instance. */
    void onReply(NodeId node, long round, long chosen) {
        var peer = hear(node);
        if (peer != null) {
            answerRound(peer, round);
            peer.chosen = Math.max(peer.chosen, chosen);
        }
    }

    /**
     * The latest round that a quorum of phase 2 has answered. Every quorum of phase 1 shares an acceptor with it, so no
     * higher ballot had been promised by one when that round began.
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
        return replica.config().quorums().isPhase2(heardWithin(withinNanos), replica.acceptors());
    }

    private Set<NodeId> heardWithin(long nanos) {
        long now = replica.context().nowNanos();
        Set<NodeId> heard = new LinkedHashSet<>();
        for (var peer : all.values()) {
            if (now - peer.heardNanos <= nanos) {
                heard.add(peer.node);
            }
        }
        return heard;
    }
}
