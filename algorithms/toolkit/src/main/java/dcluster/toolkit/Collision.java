package dcluster.toolkit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of two or more keys of one and the same hash: a search tree by key, balanced as by Adelson-Velsky and
 * Landis (1962), so that whoever chooses keys of one hash on purpose makes every step a logarithm and no more.
 *
 * <pre>
 *              Collision
 *             /    |    \
 *      lesser    middle   greater       each side: null, a Leaf, or a Collision; their heights differ by 1 at most
 * </pre>
 *
 * <p>Its shape depends on what became of it before, but the order in which it is walked does not.
 */
final class Collision<K extends Comparable<? super K>, V> implements Trie.OneHash<K, V> {
    final @Nullable OneHash<K, V> lesser;
    final Trie.Leaf<K, V> middle;
    final @Nullable OneHash<K, V> greater;
    private final int height;
    private final int size;

    private Collision(@Nullable OneHash<K, V> lesser, Trie.Leaf<K, V> middle, @Nullable OneHash<K, V> greater) {
        this.lesser = lesser;
        this.middle = middle;
        this.greater = greater;
        this.height = 1 + Math.max(height(lesser), height(greater));
        this.size = 1 + size(lesser) + size(greater);
    }

    static <K extends Comparable<? super K>, V> Collision<K, V> of(Trie.Leaf<K, V> a, Trie.Leaf<K, V> b) {
        return a.key().compareTo(b.key()) < 0 ? new Collision<>(a, b, null) : new Collision<>(b, a, null);
    }

    @Override
    public int hash() {
        return middle.hash();
    }

    @Override
    public int size() {
        return size;
    }

    int height() {
        return height;
    }

    @Override
    public Trie.@Nullable Leaf<K, V> find(int shift, int soughtHash, K sought) {
        if (hash() != soughtHash) {
            return null;
        }
        int order = sought.compareTo(middle.key());
        if (order == 0) {
            return middle;
        }
        var side = order < 0 ? lesser : greater;
        return side == null ? null : side.find(shift, soughtHash, sought);
    }

    @Override
    public Trie<K, V> with(int shift, Trie.Leaf<K, V> added) {
        return hash() == added.hash() ? with(added) : beside(shift, added);
    }

    private Collision<K, V> with(Trie.Leaf<K, V> added) {
        int order = added.key().compareTo(middle.key());
        if (order == 0) {
            return new Collision<>(lesser, added, greater);
        }
        return order < 0
                ? balanced(with(lesser, added), middle, greater)
                : balanced(lesser, middle, with(greater, added));
    }

    private static <K extends Comparable<? super K>, V> OneHash<K, V> with(
            @Nullable OneHash<K, V> side, Trie.Leaf<K, V> added) {
        if (side instanceof Collision<K, V> several) {
            return several.with(added);
        }
        var leaf = (Trie.Leaf<K, V>) side;
        return leaf == null || leaf.key().equals(added.key()) ? added : of(leaf, added);
    }

    @Override
    public @Nullable OneHash<K, V> without(int shift, int soughtHash, K sought) {
        if (hash() != soughtHash) {
            return this;
        }
        int order = sought.compareTo(middle.key());
        if (order == 0) {
            return joined(lesser, greater);
        }
        var side = order < 0 ? lesser : greater;
        var rest = side == null ? null : side.without(shift, soughtHash, sought);
        if (rest == side) {
            return this;
        }
        return order < 0 ? joined(rest, middle, greater) : joined(lesser, middle, rest);
    }

    /** Two sides whose middle is gone: the least of the greater ones takes its place. */
    private static <K extends Comparable<? super K>, V> @Nullable OneHash<K, V> joined(
            @Nullable OneHash<K, V> lesser, @Nullable OneHash<K, V> greater) {
        if (greater == null) {
            return lesser;
        }
        var least = least(greater);
        return joined(lesser, least, greater.without(0, least.hash(), least.key()));
    }

    private static <K extends Comparable<? super K>, V> Trie.Leaf<K, V> least(OneHash<K, V> side) {
        var least = side;
        while (least instanceof Collision<K, V> several) {
            least = several.lesser == null ? several.middle : several.lesser;
        }
        return (Trie.Leaf<K, V>) least;
    }

    private static <K extends Comparable<? super K>, V> OneHash<K, V> joined(
            @Nullable OneHash<K, V> lesser, Trie.Leaf<K, V> middle, @Nullable OneHash<K, V> greater) {
        return lesser == null && greater == null ? middle : balanced(lesser, middle, greater);
    }

    // Balance: the sides, each balanced, differ in height by 2 at most when these are called

    private static <K extends Comparable<? super K>, V> Collision<K, V> balanced(
            @Nullable OneHash<K, V> lesser, Trie.Leaf<K, V> middle, @Nullable OneHash<K, V> greater) {
        int lean = height(greater) - height(lesser);
        if (lean > 1) {
            return leftwards(lesser, middle, several(greater));
        }
        return lean < -1 ? rightwards(several(lesser), middle, greater) : new Collision<>(lesser, middle, greater);
    }

    /** The greater side is too high: its middle becomes the middle, or if its inner side is the higher one, that's. */
    private static <K extends Comparable<? super K>, V> Collision<K, V> leftwards(
            @Nullable OneHash<K, V> lesser, Trie.Leaf<K, V> middle, Collision<K, V> high) {
        if (height(high.lesser) <= height(high.greater)) {
            return new Collision<>(joinedAsIs(lesser, middle, high.lesser), high.middle, high.greater);
        }
        var inner = Objects.requireNonNull(high.lesser);
        return new Collision<>(
                joinedAsIs(lesser, middle, lesserOf(inner)),
                middleOf(inner),
                joinedAsIs(greaterOf(inner), high.middle, high.greater));
    }

    /** As {@link #leftwards}, mirrored. */
    private static <K extends Comparable<? super K>, V> Collision<K, V> rightwards(
            Collision<K, V> high, Trie.Leaf<K, V> middle, @Nullable OneHash<K, V> greater) {
        if (height(high.greater) <= height(high.lesser)) {
            return new Collision<>(high.lesser, high.middle, joinedAsIs(high.greater, middle, greater));
        }
        var inner = Objects.requireNonNull(high.greater);
        return new Collision<>(
                joinedAsIs(high.lesser, high.middle, lesserOf(inner)),
                middleOf(inner),
                joinedAsIs(greaterOf(inner), middle, greater));
    }

    private static <K extends Comparable<? super K>, V> OneHash<K, V> joinedAsIs(
            @Nullable OneHash<K, V> lesser, Trie.Leaf<K, V> middle, @Nullable OneHash<K, V> greater) {
        return lesser == null && greater == null ? middle : new Collision<>(lesser, middle, greater);
    }

    /** Only what is higher than a leaf can be too high. */
    private static <K extends Comparable<? super K>, V> Collision<K, V> several(@Nullable OneHash<K, V> side) {
        return (Collision<K, V>) Objects.requireNonNull(side);
    }

    private static <K extends Comparable<? super K>, V> @Nullable OneHash<K, V> lesserOf(OneHash<K, V> side) {
        return side instanceof Collision<K, V> several ? several.lesser : null;
    }

    private static <K extends Comparable<? super K>, V> Trie.Leaf<K, V> middleOf(OneHash<K, V> side) {
        return side instanceof Collision<K, V> several ? several.middle : (Trie.Leaf<K, V>) side;
    }

    private static <K extends Comparable<? super K>, V> @Nullable OneHash<K, V> greaterOf(OneHash<K, V> side) {
        return side instanceof Collision<K, V> several ? several.greater : null;
    }

    private static int height(Trie.@Nullable OneHash<?, ?> side) {
        return side == null ? 0 : side instanceof Collision<?, ?> several ? several.height : 1;
    }

    private static int size(Trie.@Nullable OneHash<?, ?> side) {
        return side == null ? 0 : side.size();
    }
}
