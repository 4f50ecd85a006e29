package dcluster.quorum;

import dcluster.quorum.QuorumMessage.Drained;
import dcluster.quorum.QuorumRecord.HandedOff;
import dcluster.quorum.QuorumRecord.Settled;
import dcluster.spi.Bytes;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.toolkit.PersistentMap.Mapping;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Moves keys to where the ring has them after nodes have joined or left: each node looks once at all that it holds, and
 * owes it to those that lack it. When all nodes say that they owe nothing more, the new ring is settled.
 */
final class Rebalance {
    /** What is owed at most before more keys are looked at. */
    private static final int MOST_OWED = 1000;

    /** Of a key that stays where it is no more is to be done than to look. */
    private static final int LOOKS_AT_ONCE = 10_000;

    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Replica replica;
    private final Holdings holdings;
    private final Placement placement;
    private final Set<NodeId> drained = new TreeSet<>();
    private Iterator<Mapping<Bytes, Held>> unseen = Collections.emptyIterator();
    private long unseenCount;

    Rebalance(Context<QuorumMessage, QuorumRecord, QuorumTimer> context, Replica replica) {
        this.context = context;
        this.replica = replica;
        this.holdings = replica.holdings();
        this.placement = replica.placement();
    }

    /** @throws IllegalArgumentException if this node knows of another ring than the options tell of */
    void start() {
        var settled = holdings.settled();
        var former = placement.formerNodes();
        // Who has settled before others did is asked to move the same keys again.
        boolean isSettled =
                settled.equals(placement.nodes()) && holdings.settledFrom().equals(former);
        boolean isKnown = settled.isEmpty() || settled.equals(former) || isSettled;
        if (!isKnown) {
            throw new IllegalArgumentException("the keys of " + context.self() + " were placed on a ring of " + settled
                    + ", and the options tell of one of " + former
                    + ": name new nodes in options.quorum.joining, and keep those that go, in options.quorum.leaving,"
                    + " until status says that the ring is settled");
        }
        if (settled.isEmpty() || isOver()) {
            // A node that joins, too: it must not be taken for one that has everything before it was given it.
            context.journal(new Settled(former, List.of()));
        }
        passOnDebts();
        unseen = holdings.freeze().iterator();
        unseenCount = holdings.freeze().size();
    }

    /** Whoever owns a key no more takes nothing of it, or is gone: what was owed to it is owed to those that own it. */
    private void passOnDebts() {
        for (var creditor : holdings.creditors()) {
            for (var owed : holdings.owedTo(creditor)) {
                var owners = placement.owners(owed.key());
                if (!owners.contains(creditor)) {
                    owners.stream()
                            .filter(owner -> !owner.equals(context.self()))
                            .forEach(owner -> replica.owe(owed.key(), owner));
                    context.journal(new HandedOff(owed.key(), creditor));
                }
            }
        }
    }

    /** Whether this is the first start on the new ring alone: its writes reach no other, so there is no way back. */
    private boolean isOver() {
        return !placement.isMoving() && !holdings.settledFrom().isEmpty();
    }

    /** Goes on a little, and tells the others once it is done. */
    void step() {
        for (int i = 0; i < LOOKS_AT_ONCE && unseen.hasNext() && holdings.owedCount() < MOST_OWED; i++) {
            look(unseen.next());
        }
        if (placement.isMoving() && isDrained()) {
            drained.add(context.self());
            context.members()
                    .others(context.self())
                    .forEach(node -> context.send(node, new Drained(placement.nodes())));
            settle();
        }
    }

    private void look(Mapping<Bytes, Held> mapping) {
        unseenCount--;
        for (var owner : placement.lacking(context.self(), mapping.key())) {
            replica.owe(mapping.key(), owner);
        }
    }

    private boolean isDrained() {
        return !unseen.hasNext() && holdings.owedCount() == 0;
    }

    void onDrained(NodeId from, List<NodeId> nodes) {
        if (placement.isMoving() && nodes.equals(placement.nodes())) {
            drained.add(from);
            settle();
        }
    }

    private void settle() {
        // A hint since this node was drained is owed, too.
        if (isDrained() && drained.containsAll(context.members().ids()) && !isSettled()) {
            context.journal(new Settled(placement.nodes(), placement.formerNodes()));
            context.note("settled", "nodes", placement.nodes().size());
        }
    }

    /** Whether all keys are where the ring has them, as far as this node knows, and it may be taken out if it leaves. */
    boolean isSettled() {
        return holdings.settled().equals(placement.nodes()) && (!placement.isMoving() || isDrained());
    }

    /** How many keys this node has not looked at yet. */
    long unseenCount() {
        return unseenCount;
    }
}
