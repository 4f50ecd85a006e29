package dcluster.host;

import dcluster.journal.BackgroundCompaction;
import dcluster.journal.Batch;
import dcluster.journal.JournalThread;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The real disk: a journal on its own thread. It is created before the journal is open, since replaying needs the host
 * and the host its recorder, and {@linkplain #attach attached} before the host starts.
 */
public final class JournalRecorder implements Recorder {
    private @Nullable JournalThread thread;
    private @Nullable BackgroundCompaction rewriting;

    /** Everything submitted from now on goes there. */
    public void attach(JournalThread opened) {
        thread = opened;
    }

    @Override
    public Batch acquire() {
        return thread == null ? new Batch() : thread.acquire();
    }

    @Override
    public void submit(Batch batch, Runnable whenDurable) {
        thread().submit(batch, whenDurable);
    }

    @Override
    public long bytes() {
        return thread().bytes();
    }

    @Override
    public void beginRewrite(Runnable whenAbandoned) {
        rewriting = thread().compact(whenAbandoned);
    }

    @Override
    public void submitState(Batch piece, Runnable whenWritten) {
        Objects.requireNonNull(rewriting, "no rewriting was begun").write(piece, whenWritten);
    }

    @Override
    public void finishRewrite(Runnable whenDone) {
        Objects.requireNonNull(rewriting, "no rewriting was begun").finish(whenDone);
        rewriting = null;
    }

    private JournalThread thread() {
        return Objects.requireNonNull(thread, "the journal is not open");
    }
}
