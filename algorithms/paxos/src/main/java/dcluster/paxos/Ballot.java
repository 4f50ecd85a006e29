package dcluster.paxos;

import dcluster.spi.NodeId;

/**
 * The number of a proposal (Paxos Made Simple, 2.2: "different proposers choose their numbers from disjoint sets"). It
 * carries the node that chose it and how often that node had been started, so that no two proposers, and no two lives of
 * one, ever choose the same. Of a ballot one value at most is proposed in each instance.
 *
 * @param round counts up, from 1: whoever begins a ballot takes a greater one than it has seen
 * @param node who proposes in it
 * @param incarnation of that node when it chose this number
 */
record Ballot(long round, NodeId node, long incarnation) implements Comparable<Ballot> {
    /** Below every ballot that is begun. */
    static final Ballot NONE = new Ballot(0, new NodeId("none"), 0);

    /** Above every ballot that is begun: what was accepted under it is known to be chosen. */
    static final Ballot CHOSEN = new Ballot(Long.MAX_VALUE, new NodeId("chosen"), Long.MAX_VALUE);

    Ballot {
        if (round < 0 || incarnation < 0 || (round == 0) != (incarnation == 0)) {
            throw new IllegalArgumentException("no ballot: round=" + round + " incarnation=" + incarnation);
        }
    }

    @Override
    public int compareTo(Ballot other) {
        int byRound = Long.compare(round, other.round);
        if (byRound != 0) {
            return byRound;
        }
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Long.compare(incarnation, other.incarnation);
    }

    boolean isBelow(Ballot other) {
        return compareTo(other) < 0;
    }

    @Override
    public String toString() {
        return equals(CHOSEN) || equals(NONE) ? node.name() : round + "." + node + "." + incarnation;
    }
}
