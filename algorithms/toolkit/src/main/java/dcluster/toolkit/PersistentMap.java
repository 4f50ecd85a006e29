package dcluster.toolkit;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map: each change returns another map that shares all but a path of a few small nodes with this one. So
 * the state of a replica is frozen by keeping a reference, while writing goes on.
 *
 * <p>A hash trie of 32 ways (Bagwell, Ideal Hash Trees, 2001), kept canonical as by Steindorfer and Vinju (2015). The
 * order of iteration depends on the content alone, as far as the keys' {@code hashCode} is the same in every virtual
 * machine: {@code Bytes}, {@code NodeId}, {@code String}, numbers and records of these are fit to be keys, enums are
 * not.
 *
 * <p>Values are not null. Thread-safe.
 */
public final class PersistentMap<K extends Comparable<? super K>, V> implements Iterable<PersistentMap.Mapping<K, V>> {
    private static final int PART_BITS = 2 * Trie.BITS;

    /** In how many parts {@link #part} divides all keys. */
    public static final int PARTS = 1 << PART_BITS;

    /** A key and its value. */
    public interface Mapping<K, V> {
        K key();

        V value();
    }

    private final @Nullable Trie<K, V> root;

    private PersistentMap(@Nullable Trie<K, V> root) {
        this.root = root;
    }

    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> empty() {
        return new PersistentMap<>(null);
    }

    public int size() {
        return root == null ? 0 : root.size();
    }

    public boolean isEmpty() {
        return root == null;
    }

    /** The value of a key, or null. */
    public @Nullable V get(K key) {
        var leaf = root == null ? null : root.find(0, hash(key), key);
        return leaf == null ? null : leaf.value();
    }

    /** This map with a value for a key, in place of any former one. */
    public PersistentMap<K, V> put(K key, V value) {
        var leaf = new Trie.Leaf<>(hash(key), key, value);
        return new PersistentMap<>(root == null ? leaf : root.with(0, leaf));
    }

    /** This map without a key; this very map if it does not hold the key. */
    public PersistentMap<K, V> remove(K key) {
        if (root == null) {
            return this;
        }
        var rest = root.without(0, hash(key), key);
        return rest == root ? this : new PersistentMap<>(rest);
    }

    /**
     * All mappings, in the order of their hashes; found while iterating, so that a first piece costs no more than
     * itself.
     */
    @Override
    public Iterator<Mapping<K, V>> iterator() {
        return new Walk<>(root);
    }

    /** The part to which a key belongs, from 0: the same in every map. */
    public static int part(Object key) {
        return hash(key) & (PARTS - 1);
    }

    /** The mappings of one part, as {@link #iterator} has them; found as cheaply as a key. */
    public Iterator<Mapping<K, V>> part(int part) {
        var node = root;
        int shift = 0;
        while (node instanceof Trie.Branch<K, V> branch && shift < PART_BITS) {
            node = branch.slot(shift, part);
            shift += Trie.BITS;
        }
        boolean isElsewhere = node instanceof Trie.OneHash<K, V> one && (one.hash() & (PARTS - 1)) != part;
        return new Walk<>(isElsewhere ? null : node);
    }

    @Nullable
    Trie<K, V> root() {
        return root;
    }

    /** Spreads a hash over all its bits, as the final step of MurmurHash3 does: the trie begins with the lowest. */
    private static int hash(Object key) {
        int hash = key.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    /** Depth first; the stack holds what is still to be visited, the next on top. */
    private static final class Walk<K extends Comparable<? super K>, V> implements Iterator<Mapping<K, V>> {
        private final ArrayDeque<Trie<K, V>> stack = new ArrayDeque<>();

        Walk(@Nullable Trie<K, V> root) {
            if (root != null) {
                stack.push(root);
            }
        }

        @Override
        public boolean hasNext() {
            return !stack.isEmpty();
        }

        @Override
        public Mapping<K, V> next() {
            while (!stack.isEmpty()) {
                var node = stack.pop();
                if (node instanceof Trie.Leaf<K, V> leaf) {
                    return leaf;
                }
                if (node instanceof Trie.Branch<K, V> branch) {
                    pushAll(branch.slots);
                } else {
                    var several = (Collision<K, V>) node;
                    push(several.greater);
                    push(several.middle);
                    push(several.lesser);
                }
            }
            throw new NoSuchElementException();
        }

        private void pushAll(Trie<K, V>[] nodes) {
            for (int i = nodes.length - 1; i >= 0; i--) {
                stack.push(nodes[i]);
            }
        }

        private void push(@Nullable Trie<K, V> node) {
            if (node != null) {
                stack.push(node);
            }
        }
    }
}
