package dcluster.quorum;

import dcluster.spi.NodeId;

/**
 * When a version was written, as the clock on the wall of its coordinator had it; between equal times the node decides.
 * Never issued twice: a coordinator's stamps ascend in its life, and each life has another incarnation.
 *
 * @param wallNanos nanoseconds since 1970
 */
record Stamp(long wallNanos, NodeId node, long incarnation) implements Comparable<Stamp> {
    /** Before all writes. */
    static final Stamp NONE = new Stamp(Long.MIN_VALUE, new NodeId("none"), 0);

    long stateHash() {
        return (node.name().hashCode() * 31L + incarnation) * 0x9e3779b97f4a7c15L + wallNanos;
    }

    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(wallNanos, other.wallNanos);
        int byNode = byTime != 0 ? byTime : node.compareTo(other.node);
        return byNode != 0 ? byNode : Long.compare(incarnation, other.incarnation);
    }
}
