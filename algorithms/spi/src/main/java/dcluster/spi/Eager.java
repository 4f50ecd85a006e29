package dcluster.spi;

/**
 * Marks a message type that may be sent {@linkplain Context#eagerly() eagerly}: what it claims is durable here already,
 * durable on a quorum, or harmless if this node forgets it in a crash. The runtime refuses others.
 */
public interface Eager {
    /**
     * Whether it tells of records that its sender journals in the same turn, and may forget in a crash: that is what a
     * simulation must bring about, and no other eager message does.
     */
    default boolean mayBeForgotten() {
        return false;
    }
}
