package dcluster.twophase;

import dcluster.spi.NodeId;

/**
 * When a transaction began, and so which of two goes first: the smaller is the older. No two are equal. A transaction that is
 * begun again keeps its age, so that it is the oldest at some time and goes through (Rosenkrantz and others 1978).
 * Clocks that disagree cost fairness, nothing else.
 *
 * @param wallNanos nanoseconds since 1970 as the node believed where it began
 * @param node where it began
 * @param incarnation of that node then
 * @param serial tells the transactions of one life of the node apart
 */
record Age(long wallNanos, NodeId node, long incarnation, long serial) implements Comparable<Age> {
    @Override
    public int compareTo(Age other) {
        if (wallNanos != other.wallNanos) {
            return Long.compare(wallNanos, other.wallNanos);
        }
        int byNode = node.compareTo(other.node);
        if (byNode != 0) {
            return byNode;
        }
        return incarnation != other.incarnation
                ? Long.compare(incarnation, other.incarnation)
                : Long.compare(serial, other.serial);
    }

    boolean isOlderThan(Age other) {
        return compareTo(other) < 0;
    }
}
