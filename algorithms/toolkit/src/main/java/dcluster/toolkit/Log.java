package dcluster.toolkit;

import java.util.Arrays;
import java.util.List;

/**
 * The part of a replicated log that is held in memory: entries with consecutive indexes, of which a prefix was
 * discarded because a snapshot covers it. Of the last discarded entry it knows index and term, which a leader needs to
 * say what precedes its first entry (Raft, sections 5.3 and 7).
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
 */
public final class Log {
    private static final int LEAST_CAPACITY = 16;

    // Entry i stands at slot i - firstIndex + head. ends[slot] counts the bytes of all entries up to and with that
    // slot's.
    private Entry[] entries = new Entry[LEAST_CAPACITY];
    private long[] ends = new long[LEAST_CAPACITY];
    private int head;
    private int size;

    private long firstIndex = 1;
    private long termBefore;
    private long endBefore;

    /** The index of the first entry held; one after the last discarded; {@code lastIndex() + 1} if none is held. */
    public long firstIndex() {
        return firstIndex;
    }

    /** The index of the last entry; 0 if there never was one. */
    public long lastIndex() {
        return firstIndex + size - 1;
    }

    /** The term of the last entry, discarded or not; 0 if there never was one. */
    public long lastTerm() {
        return termAt(lastIndex());
    }

    /** The number of entries held. */
    public int size() {
        return size;
    }

    /** The sum of {@link Entry#bytes} of all entries held. */
    public long bytes() {
        return endAt(size - 1) - endBefore;
    }

    /** The sum of {@link Entry#bytes} of the held entries after an index and up to another; 0 if there are none. */
    public long bytesBetween(long after, long through) {
        long first = Math.max(after + 1, firstIndex);
        long last = Math.min(through, lastIndex());
        return first > last ? 0 : ends[slot(last)] - endAt((int) (first - firstIndex) - 1);
    }

    /** The entry at an index that is held. */
    public Entry entry(long index) {
        return entries[slot(index)];
    }

    /** The term at an index from {@code firstIndex() - 1} to {@code lastIndex()}; of index 0 it is 0. */
    public long termAt(long index) {
        return index == firstIndex - 1 ? termBefore : entry(index).term();
    }

    /**
     * The entries from an index on, up to {@code lastIndex() + 1}, at most so many and of at most so many bytes; but at
     * least one if there is any and {@code maxEntries} allows it, however large. Immutable: the log may change
     * meanwhile.
     */
    public List<Entry> slice(long from, int maxEntries, long maxBytes) {
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
        return List.copyOf(Arrays.asList(entries).subList(start, start + count));
    }

    public void append(Entry entry) {
        reserve(1);
        int slot = head + size;
        entries[slot] = entry;
        ends[slot] = endAt(size - 1) + entry.bytes();
        size++;
    }

    public void append(List<Entry> added) {
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
        termBefore = entries[slot].term();
        endBefore = ends[slot];
        Arrays.fill(entries, head, slot + 1, null);
        size -= slot + 1 - head;
        head = slot + 1;
        firstIndex = index + 1;
    }

    /** Discards everything and goes on behind an index and term: a snapshot that ends there replaced the log. */
    public void reset(long index, long term) {
        if (index < 0 || term < 0) {
            throw new IllegalArgumentException("index=" + index + " term=" + term);
        }
        entries = new Entry[LEAST_CAPACITY];
        ends = new long[LEAST_CAPACITY];
        head = 0;
        size = 0;
        firstIndex = index + 1;
        termBefore = term;
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
        var newEntries = new Entry[capacity];
        var newEnds = new long[capacity];
        System.arraycopy(entries, head, newEntries, 0, size);
        System.arraycopy(ends, head, newEnds, 0, size);
        entries = newEntries;
        ends = newEnds;
        head = 0;
    }
}
