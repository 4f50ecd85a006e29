package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.toolkit.PersistentMap;
import dcluster.toolkit.StateHash;
import java.util.Map;
import java.util.TreeMap;

/**
 * For each other node a Merkle tree (Merkle 1987; Dynamo, section 4.7) of the keys that both hold: equal roots mean equal
 * content, and of unequal ones a walk down finds the leaves that differ. The leaves are kept up with each change; the
 * hashes above them are made when asked for.
 *
 * <pre>{@code
 *   level 0                    root
 *   level 1      0      1     ...    31
 *   level 2   0, 32, 64...  1, 33...         1024 leaves: a leaf sums the hashes of its keys and of what these hold
 * }</pre>
 *
 * <p>Deletions count as nothing: who never heard of a key needs not hear that it was deleted.
 */
final class MerkleTrees {
    /** The level of the leaves. */
    static final int LEAVES = 2;

    static final int WAYS = 32;

    private final Placement placement;
    private final NodeId self;
    private final Map<NodeId, long[]> leaves = new TreeMap<>();

    MerkleTrees(Placement placement, NodeId self) {
        this.placement = placement;
        this.self = self;
    }

    /** What is held of a key has changed. */
    void changed(Bytes key, Held before, Held after) {
        long change = hash(key, after) - hash(key, before);
        var owners = placement.owners(key);
        if (change == 0 || !owners.contains(self)) {
            return;
        }
        for (var owner : owners) {
            if (!owner.equals(self)) {
                leavesWith(owner)[PersistentMap.part(key)] += change;
            }
        }
    }

    private long[] leavesWith(NodeId other) {
        return leaves.computeIfAbsent(other, node -> new long[PersistentMap.PARTS]);
    }

    private static long hash(Bytes key, Held held) {
        return held.versions().values().isEmpty() ? 0 : StateHash.both(StateHash.of(key), held.hash());
    }

    /** How many hashes there are at a level. */
    static int width(int level) {
        return level == 0 ? 1 : WAYS * width(level - 1);
    }

    /** @throws IllegalArgumentException if there is no such leaf */
    static void requireLeaf(int leaf) {
        if (leaf < 0 || leaf >= width(LEAVES)) {
            throw new IllegalArgumentException("no such leaf: " + leaf);
        }
    }

    /** The names of the hashes below one, at the next level. */
    static int child(int level, int name, int way) {
        return name + way * width(level);
    }

    /** A hash of the tree of what is shared with a node. */
    long hash(NodeId other, int level, int name) {
        if (level == LEAVES) {
            return leavesWith(other)[name];
        }
        long hash = 0;
        for (int way = 0; way < WAYS; way++) {
            hash = StateHash.both(hash, hash(other, level + 1, child(level, name, way)));
        }
        return hash;
    }
}
