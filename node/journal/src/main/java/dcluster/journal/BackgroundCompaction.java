package dcluster.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Compaction} that a {@link JournalThread} carries out. Its steps run in the order given, one behind the
 * other, and none holds up the journal; to give the next piece when the one before is written keeps the memory that
 * it takes bounded. If it has to be abandoned, no callback of a step runs any more.
 */
public final class BackgroundCompaction {
    private final JournalThread thread;
    private final Runnable whenAbandoned;
    private volatile @Nullable Compaction compaction;
    private volatile boolean abandoned;

    BackgroundCompaction(JournalThread thread, Runnable whenAbandoned) {
        this.thread = thread;
        this.whenAbandoned = whenAbandoned;
    }

    /**
     * Appends a piece of the state, best of about a chunk; the batch belongs to the journal, {@code whenWritten} runs
     * on the loop.
     */
    public void write(Batch piece, Runnable whenWritten) {
        step(() -> {
            begun().write(piece);
            thread.recycle(piece);
            thread.post(whenWritten);
        });
    }

    /** Has the state replace what it stands for; once that is durable {@code whenDone} runs on the loop. */
    public void finish(Runnable whenDone) {
        step(() -> {
            begun().finish();
            thread.post(whenDone);
        });
    }

    /** Gives up: the journal stays as it was. */
    public void abandon() {
        step(() -> begun().abandon());
    }

    /** On the journal's thread. */
    void begin(Journal journal) throws IOException {
        attempt(() -> compaction = journal.compact());
    }

    private void step(Poison.Step step) {
        thread.inBackground(() -> {
            if (!abandoned) {
                attempt(step);
            }
        });
    }

    private void attempt(Poison.Step step) throws IOException {
        try {
            step.run();
        } catch (AbandonedException e) {
            abandoned = true;
            thread.hindered(e);
            thread.post(whenAbandoned);
        }
    }

    private Compaction begun() {
        var begun = compaction;
        if (begun == null) {
            throw new IllegalStateException("the compaction has not begun");
        }
        return begun;
    }
}
