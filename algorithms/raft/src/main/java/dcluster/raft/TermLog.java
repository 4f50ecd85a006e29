package dcluster.raft;

import dcluster.toolkit.Log;

/**
 * The log with the terms of its entries. Of the last discarded entry it knows the term, too, which a leader needs to say
 * what precedes its first entry (sections 5.3 and 7).
 */
final class TermLog extends Log<Entry> {
    private long termBefore;

    /** The term of the last entry, discarded or not; 0 if there never was one. */
    long lastTerm() {
        return termAt(lastIndex());
    }

    /** The term at an index from {@code firstIndex() - 1} to {@code lastIndex()}; of index 0 it is 0. */
    long termAt(long index) {
        return index == firstIndex() - 1 ? termBefore : entry(index).term();
    }

    @Override
    public void discardThrough(long index) {
        termBefore = termAt(index);
        super.discardThrough(index);
    }

    /** Discards everything and goes on behind an index and term: a snapshot that ends there replaced the log. */
    void reset(long index, long term) {
        if (term < 0) {
            throw new IllegalArgumentException("index=" + index + " term=" + term);
        }
        reset(index);
        termBefore = term;
    }
}
