package dcluster.journal;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Compaction} that a {@link JournalThread} carries out. Its steps run in the order given, one behind the
 * other, and none holds up the journal; to give the next piece when the one before is written keeps the memory that
 * it takes bounded.
 */
public final class BackgroundCompaction {
    private final JournalThread thread;
    private volatile @Nullable Compaction compaction;

    BackgroundCompaction(JournalThread thread) {
        this.thread = thread;
    }

    /**
     * Appends a piece of the state, best of about a chunk; the batch belongs to the journal, {@code whenWritten} runs
     * on the loop.
     */
    public void write(Batch piece, Runnable whenWritten) {
        thread.inBackground(() -> {
            begun().write(piece);
            thread.recycle(piece);
            thread.post(whenWritten);
        });
    }

    /** Has the state replace what it stands for; once that is durable {@code whenDone} runs on the loop. */
    public void finish(Runnable whenDone) {
        thread.inBackground(() -> {
            begun().finish();
            thread.post(whenDone);
        });
    }

    /** Gives up: the journal stays as it was. */
    public void abandon() {
        thread.inBackground(() -> begun().abandon());
    }

    void begin(Compaction begun) {
        compaction = begun;
    }

    private Compaction begun() {
        var begun = compaction;
        if (begun == null) {
            throw new IllegalStateException("the compaction has not begun");
        }
        return begun;
    }
}
