package dcluster.spi;

/**
 * Marks a message type that may be sent {@linkplain Context#eagerly() eagerly}: what it claims is durable here already,
 * durable on a quorum, or harmless if this node forgets it in a crash. The runtime refuses others.
 */
public interface Eager {}
