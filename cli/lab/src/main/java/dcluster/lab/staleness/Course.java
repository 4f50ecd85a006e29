package dcluster.lab.staleness;

/**
 * What one trial does: so many writes of a key, each begun when the one before it was acknowledged, then one read.
 *
 * @param writes how many, from 1
 * @param afterNanos how long after the last acknowledgement the read begins
 * @param isAnywhere whether each operation is coordinated by a node that is drawn; otherwise one node coordinates all
 *     writes, and another one the read
 */
record Course(int writes, long afterNanos, boolean isAnywhere) {}
