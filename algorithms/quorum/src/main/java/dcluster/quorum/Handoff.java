package dcluster.quorum;

import dcluster.quorum.QuorumMessage.HandoffReply;
import dcluster.quorum.QuorumMessage.Item;
import dcluster.quorum.QuorumMessage.Receipt;
import dcluster.quorum.QuorumRecord.HandedOff;
import dcluster.spi.Bytes;
import dcluster.spi.Context;
import dcluster.spi.Limits;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Brings to other nodes what this one owes them (Dynamo, section 4.6): a batch at a time to each, and the next when it
 * says that it holds the last. What a node holds for others only it then forgets.
 */
final class Handoff {
    /** So often others are brought what is owed before a node is given again what it has not taken. */
    private static final int PATIENT_ROUNDS = 16;

    private final QuorumConfig config;
    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Replica replica;
    private final Holdings holdings;
    private final Rebalance rebalance;
    private final Peers peers;

    /** The keys that a node was given and did not take; only looked up. */
    private final Map<NodeId, Set<Bytes>> untaken = new TreeMap<>();

    private long rounds;
    private long handedOff;

    Handoff(
            QuorumConfig config,
            Context<QuorumMessage, QuorumRecord, QuorumTimer> context,
            Replica replica,
            Peers peers) {
        this.config = config;
        this.context = context;
        this.replica = replica;
        this.holdings = replica.holdings();
        this.rebalance = new Rebalance(context, replica);
        this.peers = peers;
    }

    Rebalance rebalance() {
        return rebalance;
    }

    void start() {
        rebalance.start();
        context.startTimer(QuorumTimer.HANDOFF, config.handoffEvery());
    }

    void onTimer() {
        rebalance.step();
        if (++rounds % PATIENT_ROUNDS == 0) {
            untaken.clear();
        }
        for (var creditor : holdings.creditors()) {
            // One key to whom was silent, to see whether it is back.
            send(creditor, peers.isSuspected(creditor) ? 0 : Limits.CHUNK_BYTES);
        }
        context.startTimer(QuorumTimer.HANDOFF, config.handoffEvery());
    }

    private void send(NodeId to, long mostBytes) {
        var items = new ArrayList<Item>();
        long size = 0;
        var passedOver = untaken.getOrDefault(to, Set.of());
        for (var owed : holdings.owedTo(to)) {
            if (passedOver.contains(owed.key())) {
                continue;
            }
            var item = new Item(owed.key(), replica.versions(owed.key()));
            size += Repairs.bytes(item);
            if (!items.isEmpty() && size > mostBytes) {
                break;
            }
            items.add(item);
        }
        if (!items.isEmpty()) {
            context.send(to, new QuorumMessage.Handoff(items));
        }
    }

    void onHandoff(NodeId from, QuorumMessage.Handoff handoff) {
        var receipts = new ArrayList<Receipt>();
        var refused = new ArrayList<Bytes>();
        for (var item : handoff.items()) {
            if (replica.isOwner(item.key()) && replica.take(item.key(), item.versions())) {
                receipts.add(new Receipt(item.key(), item.versions().stateHash()));
            } else {
                refused.add(item.key());
            }
        }
        context.send(from, new HandoffReply(receipts, refused));
    }

    void onReply(NodeId from, HandoffReply reply) {
        long before = handedOff;
        for (var receipt : reply.receipts()) {
            if (holdings.isOwed(receipt.key(), from)
                    && holdings.of(receipt.key()).hash() == receipt.hash()) {
                handedOff++;
                context.journal(new HandedOff(receipt.key(), from));
                dropUnlessOwn(receipt.key());
            }
        }
        boolean isRefused = passOver(from, reply.refused());
        if (handedOff > before || isRefused) {
            rebalance.step();
            send(from, Limits.CHUNK_BYTES);
        }
    }

    /** What a node has not taken: what comes behind it must not wait for that. True if some of it is new. */
    private boolean passOver(NodeId node, List<Bytes> refused) {
        var owed = refused.stream().filter(key -> holdings.isOwed(key, node)).toList();
        return !owed.isEmpty()
                && untaken.computeIfAbsent(node, none -> new HashSet<>()).addAll(owed);
    }

    private void dropUnlessOwn(Bytes key) {
        if (!replica.isOwner(key) && !holdings.isOwedToAnybody(key)) {
            replica.drop(key);
        }
    }

    /** How often a key was brought to a node. */
    long handedOff() {
        return handedOff;
    }
}
