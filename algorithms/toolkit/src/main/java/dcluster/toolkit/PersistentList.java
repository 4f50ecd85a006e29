package dcluster.toolkit;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * An immutable list that grows at both ends: each change returns another list that shares all but a path of small
 * arrays with this one. Elements are never removed, so it is two stacks back to back, of which the front one is read
 * backwards:
 *
 * <pre>
 *   prepended                appended
 *   [ e d c b a ]            [ f g h i ]
 *     &lt;--- front grows         back grows ---&gt;
 * </pre>
 *
 * <p>Growing and reading by index cost a logarithm to the base 32. Thread-safe.
 */
public final class PersistentList<E> extends AbstractList<E> implements RandomAccess {
    private final Vector<E> front;
    private final Vector<E> back;

    private PersistentList(Vector<E> front, Vector<E> back) {
        this.front = front;
        this.back = back;
    }

    public static <E> PersistentList<E> empty() {
        return new PersistentList<>(Vector.empty(), Vector.empty());
    }

    @Override
    public int size() {
        return front.size + back.size;
    }

    @Override
    public E get(int index) {
        Objects.checkIndex(index, size());
        return index < front.size ? front.get(front.size - 1 - index) : back.get(index - front.size);
    }

    /** This list with one element more behind the last. */
    public PersistentList<E> append(E element) {
        return new PersistentList<>(front, back.plus(element));
    }

    /** This list with one element more before the first. */
    public PersistentList<E> prepend(E element) {
        return new PersistentList<>(front.plus(element), back);
    }

    /** The elements from {@code from}, included, to {@code to}, excluded, as a list of their own. */
    public List<E> slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        var elements = new ArrayList<E>(to - from);
        for (int i = from; i < to; i++) {
            elements.add(get(i));
        }
        return List.copyOf(elements);
    }

    /**
     * A stack of elements in a tree of 32 ways, filled from the left, with the last up to 32 elements apart in
     * {@code tail}:
     *
     * <pre>
     *   size = 70       root (shift 5)            tail
     *                  /      \
     *          [0 .. 31]  [32 .. 63]            [64 .. 69]
     * </pre>
     */
    private static final class Vector<E> {
        private static final int BITS = 5;
        private static final int WIDTH = 1 << BITS;

        final int size;
        private final int shift;
        private final Object[] root;
        private final Object[] tail;

        private Vector(int size, int shift, Object[] root, Object[] tail) {
            this.size = size;
            this.shift = shift;
            this.root = root;
            this.tail = tail;
        }

        static <E> Vector<E> empty() {
            return new Vector<>(0, BITS, new Object[0], new Object[0]);
        }

        @SuppressWarnings("unchecked")
        E get(int index) {
            int tailStart = size - tail.length;
            if (index >= tailStart) {
                return (E) tail[index - tailStart];
            }
            var node = root;
            for (int level = shift; level > 0; level -= BITS) {
                node = (Object[]) node[(index >>> level) % WIDTH];
            }
            return (E) node[index % WIDTH];
        }

        Vector<E> plus(E element) {
            if (tail.length < WIDTH) {
                return new Vector<>(size + 1, shift, root, with(tail, tail.length, element));
            }
            var newTail = new Object[] {element};
            int tailStart = size - WIDTH;
            if (tailStart == WIDTH << shift) {
                var newRoot = new Object[] {root, path(shift, tail)};
                return new Vector<>(size + 1, shift + BITS, newRoot, newTail);
            }
            return new Vector<>(size + 1, shift, grown(root, shift, tailStart), newTail);
        }

        /** A copy of a node of the tree in which the tail hangs as the leaf of index {@code start}. */
        private Object[] grown(Object[] node, int level, int start) {
            int slot = (start >>> level) % WIDTH;
            if (level == BITS) {
                return with(node, slot, tail);
            }
            boolean fresh = slot == node.length;
            return with(
                    node, slot, fresh ? path(level - BITS, tail) : grown((Object[]) node[slot], level - BITS, start));
        }

        private static Object[] path(int level, Object[] leaf) {
            return level == 0 ? leaf : new Object[] {path(level - BITS, leaf)};
        }

        private static Object[] with(Object[] array, int index, Object element) {
            var copy = Arrays.copyOf(array, Math.max(array.length, index + 1));
            copy[index] = element;
            return copy;
        }
    }
}
