package dcluster.toolkit;

import dcluster.spi.NodeId;

/** A replica that drives a {@link StateMachine} by a {@link Log}, as an invariant looks at it. */
public interface Replicated {
    /** Which node it is. */
    NodeId self();

    /** What of the log is decided or may be, as far as it is in memory. */
    Log<?> log();

    /** What the log has made. */
    StateMachine machine();
}
