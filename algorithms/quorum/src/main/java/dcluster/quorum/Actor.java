package dcluster.quorum;

import dcluster.spi.NodeId;

/**
 * A replica of one key as the maker of its versions. A replica that has forgotten a key and makes a version of it again
 * is another actor: it no longer knows how far it had counted. So {@code serial} counts the actors of one life, and
 * {@code incarnation} tells lives apart.
 */
record Actor(NodeId node, long incarnation, long serial) implements Comparable<Actor> {
    Actor {
        if (incarnation < 0 || serial < 0) {
            throw new IllegalArgumentException("an actor counts from 0: " + incarnation + " " + serial);
        }
    }

    @Override
    public String toString() {
        return node + "." + incarnation + "." + serial;
    }

    /** The same on every machine. */
    long stateHash() {
        return (node.name().hashCode() * 31L + incarnation) * 0x9e3779b97f4a7c15L + serial;
    }

    @Override
    public int compareTo(Actor other) {
        int byNode = node.compareTo(other.node);
        int byLife = byNode != 0 ? byNode : Long.compare(incarnation, other.incarnation);
        return byLife != 0 ? byLife : Long.compare(serial, other.serial);
    }
}
