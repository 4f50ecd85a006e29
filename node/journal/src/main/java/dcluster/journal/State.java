package dcluster.journal;

/**
 * What stands in for the segments that a compaction replaced.
 *
 * @param number of the first segment that is not replaced
 * @param position where that segment begins in the journal
 * @param bytes that the state's own frames take
 */
record State(long number, long position, long bytes) {
    /** Nothing was replaced yet. */
    static final State NONE = new State(1, 0, 0);
}
