package dcluster.toolkit;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a replicated log that is held in memory: entries with consecutive indexes, of which a prefix was
 * discarded because a snapshot covers it.
 *
 * <pre>
 *            discarded          held
 *        +---+---+---+---+---+---+---+---+
 * index  | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
 *        +---+---+---+---+---+---+---+---+
 *                      ^   ^           ^
 *  firstIndex() - 1 ---+   |           +--- lastIndex()
 *  firstIndex() -----------+
 * </pre>
 *
 * <p>Indexes are from 1. What it is asked for outside of these bounds is an {@link IndexOutOfBoundsException}. It holds
 * no more than references: appending and discarding cost amortised constant time an entry. Not thread-safe.
 *
 * @param <E> an entry
 */
public class Log<E extends Sized> {
    private static final int LEAST_CAPACITY = 16;

    // Entry i stands at slot i - firstIndex + head. ends[slot] counts the bytes of all entries up to and with that
    // slot's.
    private @Nullable Object[] entries = new Object[LEAST_CAPACITY];
    private long[] ends = new long[LEAST_CAPACITY];
    private int head;
    private int size;

    private long firstIndex = 1;
    private long endBefore;

    /** The index of the first entry held; one after the last discarded; {@code lastIndex() + 1} if none is held. */
    public long firstIndex() {
        return firstIndex;
    }

    /** The index of the last entry; 0 if there never was one. */
    public long lastIndex() {
        return firstIndex + size - 1;
    }

    /** The number of entries held. */
    public int size() {
        return size;
    }

    /** The sum of {@link Sized#bytes} of all entries held. */
    public long bytes() {
        return endAt(size - 1) - endBefore;
    }

    /** The sum of {@link Sized#bytes} of the held entries after an index and up to another; 0 if there are none. */
    public long bytesBetween(long after, long through) {
        long first = Math.max(after + 1, firstIndex);
        long last = Math.min(through, lastIndex());
        return first > last ? 0 : ends[slot(last)] - endAt((int) (first - firstIndex) - 1);
    }

    /** The entry at an index that is held. */
    public E entry(long index) {
        return at(slot(index));
    }

    // Only entries are put in, and none is looked up where none is held.
    @SuppressWarnings({"unchecked", "NullAway"})
    private E at(int slot) {
        return (E) entries[slot];
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private List<E> copy(int fromSlot, int toSlot) {
        return (List<E>) (List<?>) List.copyOf(Arrays.asList(entries).subList(fromSlot, toSlot));
    }

    /**
     * The entries from an index on, up to {@code lastIndex() + 1}, at most so many and of at most so many bytes; but at
     * least one if there is any and {@code maxEntries} allows it, however large. Immutable: the log may change
     * meanwhile.
     */
    public List<E> slice(long from, int maxEntries, long maxBytes) {
        if (from == lastIndex() + 1) {
            return List.of();
        }
        int start = slot(from);
        int most = Math.min(maxEntries, head + size - start);
        long before = endAt(start - head - 1);
        int count = Math.min(1, most);
        while (count < most && ends[start + count] - before <= maxBytes) {
            count++;
        }
        return copy(start, start + count);
    }

    public void append(E entry) {
        reserve(1);
        int slot = head + size;
        entries[slot] = entry;
        ends[slot] = endAt(size - 1) + entry.bytes();
        size++;
    }

    public void append(List<? extends E> added) {
        reserve(added.size());
        for (int i = 0; i < added.size(); i++) {
            append(added.get(i));
        }
    }

    /** Removes the entries from an index on, which may be {@code lastIndex() + 1} and then removes none. */
    public void truncateFrom(long index) {
        if (index == lastIndex() + 1) {
            return;
        }
        int slot = slot(index);
        Arrays.fill(entries, slot, head + size, null);
        size = slot - head;
    }

    /** Discards the entries up to and with an index that is held, or the last discarded, which discards none. */
    public void discardThrough(long index) {
        if (index == firstIndex - 1) {
            return;
        }
        int slot = slot(index);
        endBefore = ends[slot];
        Arrays.fill(entries, head, slot + 1, null);
        size -= slot + 1 - head;
        head = slot + 1;
        firstIndex = index + 1;
    }

    /** Discards everything and goes on behind an index: a snapshot that ends there replaced the log. */
    public void reset(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("index=" + index);
        }
        entries = new Object[LEAST_CAPACITY];
        ends = new long[LEAST_CAPACITY];
        head = 0;
        size = 0;
        firstIndex = index + 1;
        endBefore = 0;
    }

    int capacity() {
        return entries.length;
    }

    private long endAt(int offset) {
        return offset < 0 ? endBefore : ends[head + offset];
    }

    private int slot(long index) {
        if (index < firstIndex || index > lastIndex()) {
            throw new IndexOutOfBoundsException(
                    "index=" + index + " firstIndex=" + firstIndex + " lastIndex=" + lastIndex());
        }
        return (int) (index - firstIndex) + head;
    }

    /** Makes room at the end: by moving to the front if at least half of the room is free, else into larger arrays. */
    private void reserve(int added) {
        if (head + size + added <= entries.length) {
            return;
        }
        int needed = Math.addExact(size, added);
        int capacity = Math.max(LEAST_CAPACITY, (int) Math.min(Integer.MAX_VALUE - 8, 2L * needed));
        var newEntries = new Object[capacity];
        var newEnds = new long[capacity];
        System.arraycopy(entries, head, newEntries, 0, size);
        System.arraycopy(ends, head, newEnds, 0, size);
        entries = newEntries;
        ends = newEnds;
        head = 0;
    }
}
