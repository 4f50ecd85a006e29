package dcluster.journal;

/**
 * What a write says about itself and what went before.
 *
 * @param position of this mark in the journal: a count of bytes over all its segments, headers left out
 * @param durable the position below which everything was durable when the mark was written
 * @param incarnation of the process that wrote it
 */
record Mark(long position, long durable, long incarnation) {}
