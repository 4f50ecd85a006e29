package dcluster.simulation;

import org.jspecify.annotations.Nullable;

/** What makes a fault happen. */
interface Injector {
    /** Changes what the fault changes, in the node that it strikes if it is one node's; returns what changes it back. */
    Runnable inject(Fault fault, @Nullable SimulatedNode<?> target);
}
