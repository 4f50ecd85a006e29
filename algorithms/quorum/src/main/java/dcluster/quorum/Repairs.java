package dcluster.quorum;

import dcluster.quorum.QuorumMessage.Item;
import dcluster.quorum.QuorumMessage.Repair;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.toolkit.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives nodes what they are found to lack; who does not get it is found again. */
final class Repairs {
    private static final int OVERHEAD_BYTES = 48;

    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Replica replica;
    private final Map<NodeId, List<Item>> gathered = new TreeMap<>();
    private long sentCount;
    private long sentBytes;

    Repairs(Context<QuorumMessage, QuorumRecord, QuorumTimer> context, Replica replica) {
        this.context = context;
        this.replica = replica;
    }

    /** Has a node given these when this turn ends. */
    void send(NodeId to, List<Item> items) {
        sentCount += items.size();
        items.forEach(item -> sentBytes += bytes(item));
        gathered.computeIfAbsent(to, node -> new ArrayList<>()).addAll(items);
    }

    /** The turn ends. */
    void flush() {
        gathered.forEach((to, items) -> Batches.of(items, Repairs::bytes, some -> context.send(to, new Repair(some))));
        gathered.clear();
    }

    void onRepair(Repair repair) {
        for (var item : repair.items()) {
            if (replica.isOwner(item.key())) {
                replica.take(item.key(), item.versions());
            }
        }
    }

    /** About what an item takes in a message. */
    static long bytes(Item item) {
        return OVERHEAD_BYTES
                + item.key().size()
                + item.versions().overheadBytes()
                + item.versions().valueBytes();
    }

    /** How many keys were given to others. */
    long sentCount() {
        return sentCount;
    }

    /** About the bytes that they took. */
    long sentBytes() {
        return sentBytes;
    }
}
