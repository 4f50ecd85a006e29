package dcluster.host;

import java.util.concurrent.Executor;

/** The one thread of a node: everything a {@link Host} does happens in tasks of its loop. */
public interface Loop extends Executor {
    /** Runs a task after whatever is ready now; may be called from any thread. */
    @Override
    void execute(Runnable task);

    /**
     * Runs a task once, not before {@code delayNanos} have passed on the node's monotonic clock. Called on the loop
     * only.
     */
    void schedule(long delayNanos, Runnable task);
}
