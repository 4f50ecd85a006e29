package dcluster.quorum;

import dcluster.quorum.QuorumMessage.Compare;
import dcluster.quorum.QuorumMessage.Item;
import dcluster.quorum.QuorumMessage.Leaf;
import dcluster.quorum.QuorumMessage.TreeHash;
import dcluster.quorum.QuorumMessage.Want;
import dcluster.spi.Bytes;
import dcluster.spi.Context;
import dcluster.spi.Limits;
import dcluster.spi.NodeId;
import dcluster.toolkit.StateHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings replicas to the same state whatever went lost (Dynamo, section 4.7): one after the other each other node is told
 * the root of the tree of what both hold, and where two trees differ they are compared one level down.
 *
 * <pre>{@code
 *   n1                             n2
 *    |--Compare 0: root------------>|   the same: no answer
 *    |<-Compare 1: 32 hashes--------|
 *    |--Compare 2: their leaves---->|   where these differ
 *    |<-Leaf: keys and hashes-------|
 *    |--Repair: what n2 lacks------>|
 *    |--Want: what n1 lacks-------->|
 *    |<-Repair----------------------|
 * }</pre>
 */
final class AntiEntropy {
    /** How many leaves are compared key by key at once: the rest the next time. */
    private static final int MOST_LEAVES = 16;

    /** One in so many times what is large is given again although nothing has changed. */
    private static final int RELUCTANCE = 16;

    /** Where something was found, the same node is asked again this much sooner. */
    private static final int HURRY = 10;

    private final QuorumConfig config;
    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Placement placement;
    private final Holdings holdings;
    private final MerkleTrees trees;
    private final Repairs repairs;
    private final List<NodeId> others;

    /** Only looked up; at most one for each leaf that is shared with a node. */
    private final Map<Place, Found> foundAt = new HashMap<>();

    private int next;
    private @Nullable NodeId different;

    /** A leaf of the tree that is shared with a node. */
    private record Place(NodeId other, int leaf) {}

    /** How it differed there. */
    private record Found(int theirs, long ours) {}

    AntiEntropy(
            QuorumConfig config,
            Context<QuorumMessage, QuorumRecord, QuorumTimer> context,
            Replica replica,
            Repairs repairs) {
        this.config = config;
        this.context = context;
        this.placement = replica.placement();
        this.holdings = replica.holdings();
        this.trees = replica.trees();
        this.repairs = repairs;
        this.others = context.members().others(context.self());
    }

    void start() {
        if (config.antiEntropy() && !others.isEmpty()) {
            // Not all of a cluster that was started as one at the same moment.
            long nanos = config.antiEntropyEvery().toNanos();
            next = context.random().nextInt(others.size());
            context.startTimer(
                    QuorumTimer.COMPARE,
                    config.antiEntropyEvery().plusNanos(context.random().nextLong(nanos)));
        }
    }

    void onTimer() {
        compare(different != null ? different : nextOther(), 0, List.of(0));
        different = null;
        context.startTimer(QuorumTimer.COMPARE, config.antiEntropyEvery());
    }

    private NodeId nextOther() {
        var other = others.get(next);
        next = (next + 1) % others.size();
        return other;
    }

    private void compare(NodeId other, int level, List<Integer> names) {
        var hashes = names.stream()
                .map(name -> new TreeHash(name, trees.hash(other, level, name)))
                .toList();
        context.send(other, new Compare(level, hashes));
    }

    void onCompare(NodeId from, Compare compare) {
        int level = compare.level();
        var names = compare.hashes().stream()
                .filter(theirs -> trees.hash(from, level, (int) theirs.name()) != theirs.hash())
                .map(theirs -> (int) theirs.name())
                .toList();
        if (level == MerkleTrees.LEAVES) {
            names.stream().limit(MOST_LEAVES).forEach(leaf -> context.send(from, new Leaf(leaf, keys(from, leaf))));
        } else if (!names.isEmpty()) {
            compare(from, level + 1, children(level, names));
        }
    }

    private static List<Integer> children(int level, List<Integer> names) {
        var children = new ArrayList<Integer>();
        for (int name : names) {
            for (int way = 0; way < MerkleTrees.WAYS; way++) {
                children.add(MerkleTrees.child(level, name, way));
            }
        }
        return children;
    }

    private List<TreeHash> keys(NodeId other, int leaf) {
        var keys = new ArrayList<TreeHash>();
        shared(other, leaf, (key, held) -> {
            if (!held.versions().isTombstone()) {
                keys.add(new TreeHash(StateHash.of(key), held.hash()));
            }
        });
        return keys;
    }

    /** What is done with a key that two nodes share. */
    private interface Visit {
        void key(Bytes key, Held held);
    }

    private void shared(NodeId other, int leaf, Visit visit) {
        var mappings = holdings.freeze().part(leaf);
        while (mappings.hasNext()) {
            var mapping = mappings.next();
            var owners = placement.owners(mapping.key());
            if (owners.contains(other) && owners.contains(context.self())) {
                visit.key(mapping.key(), mapping.value());
            }
        }
    }

    void onLeaf(NodeId from, Leaf leaf) {
        Map<Long, Long> theirs = new HashMap<>();
        leaf.keys().forEach(key -> theirs.put(key.name(), key.hash()));
        Set<Long> known = new HashSet<>();
        var items = new ArrayList<Item>();
        var wanted = new ArrayList<Long>();
        shared(from, leaf.leaf(), (key, held) -> {
            long name = StateHash.of(key);
            known.add(name);
            var hash = theirs.get(name);
            if (hash == null ? !held.versions().isTombstone() : hash != held.hash()) {
                items.add(new Item(key, held.versions()));
                // They may know what is not known here, too: their list has no deletions.
                wanted.add(name);
            }
        });
        leaf.keys().stream()
                .map(TreeHash::name)
                .filter(name -> !known.contains(name))
                .forEach(wanted::add);
        exchange(from, leaf, items, wanted);
    }

    private void exchange(NodeId with, Leaf leaf, List<Item> items, List<Long> wanted) {
        if (items.isEmpty() && wanted.isEmpty()) {
            return;
        }
        var place = new Place(with, leaf.leaf());
        var found = new Found(leaf.hashCode(), trees.hash(with, MerkleTrees.LEAVES, leaf.leaf()));
        boolean isNew = !found.equals(foundAt.put(place, found));
        // What nobody takes, as siblings that fit into no message together, is found again and again.
        if (!isNew && isLarge(items) && context.random().nextInt(RELUCTANCE) > 0) {
            return;
        }
        repairs.send(with, items);
        if (!wanted.isEmpty()) {
            context.send(with, new Want(leaf.leaf(), wanted));
        }
        if (isNew) {
            different = with;
            context.startTimer(QuorumTimer.COMPARE, config.antiEntropyEvery().dividedBy(HURRY));
        }
    }

    private static boolean isLarge(List<Item> items) {
        return items.stream().mapToLong(Repairs::bytes).sum() > Limits.CHUNK_BYTES;
    }

    void onWant(NodeId from, Want want) {
        var wanted = new HashSet<>(want.keys());
        var items = new ArrayList<Item>();
        shared(from, want.leaf(), (key, held) -> {
            if (wanted.contains(StateHash.of(key))) {
                items.add(new Item(key, held.versions()));
            }
        });
        repairs.send(from, items);
    }
}
