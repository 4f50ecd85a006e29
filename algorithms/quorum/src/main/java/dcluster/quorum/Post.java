package dcluster.quorum;

import dcluster.quorum.QuorumMessage.Change;
import dcluster.quorum.QuorumMessage.Question;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Asks nodes for what an operation needs, all of a turn at once. Where quorums are sloppy, whoever follows in the order of
 * the key is asked in place of an owner that does not answer (Dynamo, section 4.6).
 */
final class Post {
    private final QuorumConfig config;
    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Peers peers;
    private final Map<NodeId, Letters> letters = new TreeMap<>();

    Post(QuorumConfig config, Context<QuorumMessage, QuorumRecord, QuorumTimer> context, Peers peers) {
        this.config = config;
        this.context = context;
        this.peers = peers;
        context.members().ids().forEach(node -> letters.put(node, new Letters()));
    }

    /** Asks whoever has not answered in this phase, this node among them. */
    void ask(Operation operation) {
        operation.askedNanos = context.nowNanos();
        if (config.sloppy()) {
            engage(operation);
        }
        for (int place = 0; place < operation.size(); place++) {
            if (operation.isAwaited(place)) {
                add(operation, place);
            }
        }
    }

    private void add(Operation operation, int place) {
        var to = letters.get(operation.node(place));
        if (to == null) {
            return;
        }
        var change = operation.change;
        if (change == null) {
            to.add(new Question(operation.number, operation.key, !operation.needsValues()));
        } else {
            to.add(new Change(operation.number, operation.key, change, operation.owedTo(place)));
        }
    }

    /** Finds somebody for each owner that counts as down and has not answered. */
    private void engage(Operation operation) {
        for (int owner = 0; owner < operation.route.ownerCount(); owner++) {
            if (operation.isAwaited(owner)
                    && peers.isSuspected(operation.node(owner))
                    && !operation.hasStandIn(owner, node -> !peers.isSuspected(node))) {
                int standIn = standIn(operation);
                if (standIn >= 0) {
                    operation.engage(standIn, owner);
                }
            }
        }
    }

    /** This node if it is free, for then it needs nobody else; otherwise the next that is. Negative if nobody is. */
    private int standIn(Operation operation) {
        int self = operation.place(context.self());
        if (self >= 0 && !operation.isAsked(self)) {
            return self;
        }
        for (int place = operation.route.ownerCount(); place < operation.size(); place++) {
            if (!operation.isAsked(place) && !peers.isSuspected(operation.node(place))) {
                return place;
            }
        }
        return -1;
    }

    /** Whoever has said nothing since it was asked counts as down. */
    void suspectTheSilent(Operation operation) {
        for (int place = 0; place < operation.size(); place++) {
            var node = operation.node(place);
            if (operation.isAwaited(place) && !node.equals(context.self())) {
                peers.isSilentSince(node, operation.askedNanos);
            }
        }
    }

    /** Sends what the turn gathered; what is for this node itself goes to its replica at once. */
    void endTurn(Consumer<QuorumMessage> toOwnReplica) {
        letters.forEach((node, gathered) -> {
            if (node.equals(context.self())) {
                gathered.send(context.incarnation(), toOwnReplica::accept, toOwnReplica::accept);
            } else {
                // Eager: a question claims nothing, and a change nothing of this node's disk, unless it has counted up.
                var eager = context.eagerly();
                var writes = config.hasVectorClocks() ? context : eager;
                gathered.send(context.incarnation(), read -> eager.send(node, read), write -> writes.send(node, write));
            }
        });
    }
}
