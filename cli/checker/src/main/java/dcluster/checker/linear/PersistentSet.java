package dcluster.checker.linear;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set that shares all but a path with the one that it was made of: a treap (Seidel and Aragon 1996) over
 * the hashes of its elements, whose priorities are made of the hashes too, so that equal sets have equal shapes.
 */
final class PersistentSet {
    private static final int SHOWN = 20;

    static final PersistentSet EMPTY = new PersistentSet(null, 0, 0);

    private final @Nullable Node root;
    private final int size;

    /** The sum of those of its elements, which are mixed, for small numbers have many sums in common. */
    private final int hash;

    /** All elements of one hash. */
    private record Node(
            int hash,
            Set<Object> elements,
            @Nullable Node left,
            @Nullable Node right) {
        int priority() {
            return mixed(hash);
        }

        Node withLeft(@Nullable Node other) {
            return new Node(hash, elements, other, right);
        }

        Node withRight(@Nullable Node other) {
            return new Node(hash, elements, left, other);
        }
    }

    private PersistentSet(@Nullable Node root, int size, int hash) {
        this.root = root;
        this.size = size;
        this.hash = hash;
    }

    private static int mixed(int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) * 0x85EBCA6B;
    }

    int size() {
        return size;
    }

    boolean contains(Object element) {
        int sought = element.hashCode();
        var at = root;
        while (at != null && at.hash != sought) {
            at = sought < at.hash ? at.left : at.right;
        }
        return at != null && at.elements.contains(element);
    }

    PersistentSet with(Object element) {
        return contains(element)
                ? this
                : new PersistentSet(
                        insert(root, element.hashCode(), element), size + 1, hash + mixed(element.hashCode()));
    }

    PersistentSet without(Object element) {
        return contains(element)
                ? new PersistentSet(
                        delete(root, element.hashCode(), element), size - 1, hash - mixed(element.hashCode()))
                : this;
    }

    private static Node insert(@Nullable Node at, int hash, Object element) {
        if (at == null) {
            return new Node(hash, Set.of(element), null, null);
        }
        if (hash == at.hash) {
            var more = new HashSet<>(at.elements);
            more.add(element);
            return new Node(hash, more, at.left, at.right);
        }
        if (hash < at.hash) {
            var left = insert(at.left, hash, element);
            return left.priority() > at.priority() ? left.withRight(at.withLeft(left.right)) : at.withLeft(left);
        }
        var right = insert(at.right, hash, element);
        return right.priority() > at.priority() ? right.withLeft(at.withRight(right.left)) : at.withRight(right);
    }

    private static @Nullable Node delete(@Nullable Node at, int hash, Object element) {
        if (at == null) {
            return null;
        }
        if (hash < at.hash) {
            return at.withLeft(delete(at.left, hash, element));
        }
        if (hash > at.hash) {
            return at.withRight(delete(at.right, hash, element));
        }
        if (at.elements.size() > 1) {
            var fewer = new HashSet<>(at.elements);
            fewer.remove(element);
            return new Node(hash, fewer, at.left, at.right);
        }
        return join(at.left, at.right);
    }

    private static @Nullable Node join(@Nullable Node left, @Nullable Node right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.priority() > right.priority()
                ? left.withRight(join(left.right, right))
                : right.withLeft(join(left, right.left));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PersistentSet set && set.size == size && set.hash == hash && isSame(set.root, root);
    }

    @SuppressWarnings("ReferenceEquality") // Sets share most of their nodes.
    private static boolean isSame(@Nullable Node one, @Nullable Node other) {
        if (one == other || one == null || other == null) {
            return one == other;
        }
        return one.hash == other.hash
                && one.elements.equals(other.elements)
                && isSame(one.left, other.left)
                && isSame(one.right, other.right);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        var shown = new ArrayList<String>();
        collect(root, shown);
        if (size > shown.size()) {
            shown.add("... " + (size - shown.size()) + " more");
        }
        return shown.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private static void collect(@Nullable Node at, List<String> shown) {
        if (at == null || shown.size() >= SHOWN) {
            return;
        }
        collect(at.left, shown);
        at.elements.stream().limit(SHOWN - shown.size()).map(String::valueOf).forEach(shown::add);
        collect(at.right, shown);
    }
}
