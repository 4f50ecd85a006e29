package dcluster.paxos;

import org.jspecify.annotations.Nullable;

/**
 * What stands in the instances after a floor, any of which may hold nothing: an array that goes round. Putting, looking up
 * and raising the floor by one cost constant time; it takes as much memory as there are instances from the floor to the
 * last that holds something. Not thread-safe.
 *
 * <pre>
 *               floor                        last
 *   - - - - - - - - +---+---+---+---+---+---+---+
 *   instances       | a |   | b | c |   |   | d |
 *   - - - - - - - - +---+---+---+---+---+---+---+
 * </pre>
 *
 * @param <E> what stands in an instance
 */
final class Window<E> {
    private static final int LEAST_CAPACITY = 16;

    // Instance s stands at s modulo the length, which is a power of two.
    private @Nullable Object[] elements = new Object[LEAST_CAPACITY];
    private long floor;
    private long last;

    /** What stands in an instance; null if nothing, as in all up to the floor. */
    @Nullable
    E get(long slot) {
        return slot <= floor || slot > last ? null : at(slot);
    }

    // Only elements are put in.
    @SuppressWarnings("unchecked")
    private @Nullable E at(long slot) {
        return (E) elements[index(slot)];
    }

    private int index(long slot) {
        return (int) (slot & (elements.length - 1));
    }

    /** Puts something into an instance above the floor, in place of what stands there. */
    void put(long slot, E element) {
        if (slot <= floor) {
            throw new IndexOutOfBoundsException("floor=" + floor + " slot=" + slot);
        }
        reserve(slot - floor);
        last = Math.max(last, slot);
        elements[index(slot)] = element;
    }

    private void reserve(long length) {
        if (length <= elements.length) {
            return;
        }
        if (length > 1 << 30) {
            throw new IndexOutOfBoundsException("the window would be too wide: floor=" + floor + " length=" + length);
        }
        var former = elements;
        elements = new Object[Integer.highestOneBit((int) length - 1) << 1];
        for (long slot = floor + 1; slot <= last; slot++) {
            elements[index(slot)] = former[(int) (slot & (former.length - 1))];
        }
    }

    /** Forgets all instances up to one. */
    void raiseTo(long slot) {
        for (long each = floor + 1; each <= Math.min(slot, last); each++) {
            elements[index(each)] = null;
        }
        floor = Math.max(floor, slot);
        last = Math.max(last, floor);
    }

    /** The last instance that holds something; the floor if none does. */
    long last() {
        return last;
    }

    /** Up to where nothing stands any more. */
    long floor() {
        return floor;
    }
}
