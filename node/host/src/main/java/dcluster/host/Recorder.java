package dcluster.host;

import dcluster.journal.Batch;

/**
 * Where a host's records go: a journal on its own thread in a process, a simulated disk in a simulation. Used on the
 * loop only, and every task it is given runs on the loop, in order. A disk that fails never runs them: it stops the
 * node.
 */
public interface Recorder {
    /** An empty batch, the caller's until it is submitted. */
    Batch acquire();

    /** Writes a batch after those submitted before, and makes it durable. */
    void submit(Batch batch, Runnable whenDurable);

    /** The size in bytes of what a restart would replay. */
    long bytes();

    /**
     * Begins to rewrite the journal: what is submitted from now on follows the state given by {@link #submitState}. If
     * the disk has no room for that, {@code whenAbandoned} runs in place of any later callback of this rewriting, and
     * the journal goes on as it was.
     */
    void beginRewrite(Runnable whenAbandoned);

    /** Writes a piece of the state. */
    void submitState(Batch piece, Runnable whenWritten);

    /** The state is whole: makes it durable and lets it stand for everything submitted before {@link #beginRewrite}. */
    void finishRewrite(Runnable whenDone);
}
