package dcluster.toolkit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of the hash trie beneath {@link PersistentMap}; immutable. Five bits of a key's hash, the lowest first, choose
 * the way at each branch:
 *
 * <pre>
 *   Branch              bits 0..4: up to 32 slots, of which only the taken are stored, ascending
 *     |--- Leaf         one mapping and its hash
 *     |--- Branch       bits 5..9, and so on to bits 30..31
 *     `--- Collision    the mappings of one and the same hash, ascending by key
 * </pre>
 *
 * <p>The order depends on the content alone, since no branch stands above a single leaf or collision: maps of equal
 * content are iterated in the same order, whatever became of them before.
 *
 * <p>The hash is one that everybody can compute, so a client can choose keys that share it, or its first bits. Hashing
 * with a secret would prevent that, but then the order would differ from process to process, and no run could be
 * repeated. Shared bits cost at most seven branches; of those that share all of it a {@link Collision} is a balanced
 * tree. So the worst that chosen keys can do is a logarithm.
 */
sealed interface Trie<K extends Comparable<? super K>, V> permits Trie.OneHash, Trie.Branch {
    /** How many bits of the hash one branch uses. */
    int BITS = 5;

    /** The number of mappings here and below. */
    int size();

    @Nullable
    Leaf<K, V> find(int shift, int hash, K key);

    /** Itself with a mapping, which replaces one of an equal key. */
    Trie<K, V> with(int shift, Leaf<K, V> added);

    /** Itself without a key; this very node if it does not hold the key; null if nothing remains. */
    @Nullable
    Trie<K, V> without(int shift, int hash, K key);

    /** Leaves and collisions: all mappings below share one hash. */
    sealed interface OneHash<K extends Comparable<? super K>, V> extends Trie<K, V> permits Leaf, Collision {
        int hash();

        @Override
        @Nullable
        OneHash<K, V> without(int shift, int hash, K key);

        /** A branch, or several one above the other, that tells itself and a leaf of another hash apart. */
        default Trie<K, V> beside(int shift, Leaf<K, V> other) {
            int bit = Branch.bit(shift, hash());
            int otherBit = Branch.bit(shift, other.hash());
            if (bit == otherBit) {
                return new Branch<>(bit, Branch.slots(beside(shift + BITS, other)), size() + 1);
            }
            // The top bit counts as the greatest, not as a sign.
            var slots =
                    Integer.compareUnsigned(bit, otherBit) < 0 ? Branch.slots(this, other) : Branch.slots(other, this);
            return new Branch<>(bit | otherBit, slots, size() + 1);
        }
    }

    record Leaf<K extends Comparable<? super K>, V>(int hash, K key, V value)
            implements OneHash<K, V>, PersistentMap.Mapping<K, V> {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public @Nullable Leaf<K, V> find(int shift, int soughtHash, K sought) {
            return hash == soughtHash && key.equals(sought) ? this : null;
        }

        @Override
        public Trie<K, V> with(int shift, Leaf<K, V> added) {
            if (hash != added.hash) {
                return beside(shift, added);
            }
            return key.equals(added.key) ? added : Collision.of(this, added);
        }

        @Override
        public @Nullable Leaf<K, V> without(int shift, int soughtHash, K sought) {
            return find(shift, soughtHash, sought) == null ? this : null;
        }
    }

    /** {@code taken} has a bit for each slot that is stored. */
    final class Branch<K extends Comparable<? super K>, V> implements Trie<K, V> {
        private final int taken;
        final Trie<K, V>[] slots;
        private final int size;

        Branch(int taken, Trie<K, V>[] slots, int size) {
            this.taken = taken;
            this.slots = slots;
            this.size = size;
        }

        static int bit(int shift, int hash) {
            return 1 << (hash >>> shift);
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        static <K extends Comparable<? super K>, V> Trie<K, V>[] slots(Trie<K, V> only) {
            return new Trie[] {only};
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        static <K extends Comparable<? super K>, V> Trie<K, V>[] slots(Trie<K, V> first, Trie<K, V> second) {
            return new Trie[] {first, second};
        }

        @Override
        public int size() {
            return size;
        }

        /** Where a hash leads to. */
        @Nullable
        Trie<K, V> slot(int shift, int hash) {
            int bit = bit(shift, hash);
            return (taken & bit) == 0 ? null : slots[indexOf(bit)];
        }

        @Override
        public @Nullable Leaf<K, V> find(int shift, int hash, K key) {
            int bit = bit(shift, hash);
            return (taken & bit) == 0 ? null : slots[indexOf(bit)].find(shift + BITS, hash, key);
        }

        @Override
        public Trie<K, V> with(int shift, Leaf<K, V> added) {
            int bit = bit(shift, added.hash());
            int at = indexOf(bit);
            if ((taken & bit) != 0) {
                return replace(at, slots[at].with(shift + BITS, added));
            }
            var copy = Arrays.copyOf(slots, slots.length + 1);
            System.arraycopy(slots, at, copy, at + 1, slots.length - at);
            copy[at] = added;
            return new Branch<>(taken | bit, copy, size + 1);
        }

        @Override
        public @Nullable Trie<K, V> without(int shift, int hash, K key) {
            int bit = bit(shift, hash);
            if ((taken & bit) == 0) {
                return this;
            }
            int at = indexOf(bit);
            var rest = slots[at].without(shift + BITS, hash, key);
            if (rest == slots[at]) {
                return this;
            }
            if (rest != null) {
                // A lone leaf moves up, lest the shape depend on what was removed.
                return slots.length == 1 && rest instanceof OneHash ? rest : replace(at, rest);
            }
            return slots.length == 2 && slots[1 - at] instanceof OneHash ? slots[1 - at] : drop(at, bit);
        }

        private Trie<K, V> replace(int at, Trie<K, V> slot) {
            var copy = slots.clone();
            copy[at] = slot;
            return new Branch<>(taken, copy, size - slots[at].size() + slot.size());
        }

        private Trie<K, V> drop(int at, int bit) {
            var copy = Arrays.copyOf(slots, slots.length - 1);
            System.arraycopy(slots, at + 1, copy, at, copy.length - at);
            return new Branch<>(taken & ~bit, copy, size - 1);
        }

        private int indexOf(int bit) {
            return Integer.bitCount(taken & (bit - 1));
        }
    }
}
