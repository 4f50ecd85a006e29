package dcluster.toolkit;

import dcluster.spi.Context;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * When a journal is rewritten as the state that it makes: when it is larger than a bound and more than twice that state,
 * so that rewriting costs no more than writing did.
 *
 * <p>As long as an earlier rewriting is under way none can begin, one that finds no room on the disk is abandoned, and
 * each attempt lists the log's suffix. So the next one waits until the journal is about half as large again; how much
 * exactly is drawn, since replicas grow together and may share a disk.
 *
 * @param <R> the journal's records
 */
public final class Rewriting<R> {
    private final Context<?, R, ?> context;
    private final long leastBytes;

    // The size of the journal when its rewriting was tried last, and that at which it is to be tried again at the
    // earliest: 0 once it has shrunk, and so was rewritten.
    private long triedAtBytes;
    private long againAtBytes;
    private long begunAtIndex;

    /** A journal of at most {@code leastBytes} is left as it is. */
    public Rewriting(Context<?, R, ?> context, long leastBytes) {
        this.context = context;
        this.leastBytes = leastBytes;
    }

    /**
     * Begins to rewrite the journal if that is worth it.
     *
     * @param index up to where the state includes the log
     * @param stateBytes about the size of the state, with all that the records hold
     * @param records see {@link Context#compact}; asked for only if it begins
     */
    public void tryIt(long index, long stateBytes, Supplier<Iterator<R>> records) {
        long journal = context.journalBytes();
        if (journal < triedAtBytes) {
            againAtBytes = 0;
        }
        if (journal <= Math.max(leastBytes, 2 * stateBytes) || journal < againAtBytes) {
            return;
        }
        triedAtBytes = journal;
        againAtBytes = journal + journal / 4 + context.random().nextLong(journal / 2 + 1);
        if (context.compact(records.get())) {
            begunAtIndex = index;
            context.note("rewrites its journal", "index", index, "bytes", journal);
        }
    }

    /** Up to where the latest rewriting that was begun reached; 0 if there was none. */
    public long begunAtIndex() {
        return begunAtIndex;
    }
}
