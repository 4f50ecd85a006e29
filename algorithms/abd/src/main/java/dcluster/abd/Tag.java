package dcluster.abd;

import dcluster.spi.NodeId;

/**
 * The place of a write among all writes of its register (Lynch and Shvartsman 1997, section 4): by number, and between
 * equal numbers by writer. Never issued twice, since a writer counts up in its life, and each of its lives has another
 * incarnation.
 */
record Tag(long sequence, NodeId writer, long incarnation) implements Comparable<Tag> {
    /** Of a register that nobody has written. */
    static final Tag NONE = new Tag(0, new NodeId("none"), 0);

    Tag {
        if (sequence < 0 || incarnation < 0) {
            throw new IllegalArgumentException(
                    "a tag counts from 0: sequence=" + sequence + " incarnation=" + incarnation);
        }
    }

    boolean isAbove(Tag other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Tag other) {
        int bySequence = Long.compare(sequence, other.sequence);
        int byWriter = bySequence != 0 ? bySequence : writer.compareTo(other.writer);
        return byWriter != 0 ? byWriter : Long.compare(incarnation, other.incarnation);
    }
}
