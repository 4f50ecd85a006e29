package dcluster.simulation;

import dcluster.host.Recorder;
import dcluster.journal.AbandonedException;
import dcluster.journal.Batch;
import dcluster.journal.Compaction;
import dcluster.journal.Journal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The real journal with a simulated thread: it takes all batches that wait, writes each, and needs a while to sync them,
 * during which others gather for the next sync. A second one carries compactions out, piece by piece.
 */
final class SimulatedRecorder implements Recorder {
    private interface Job {
        void run(List<Runnable> whenDurable) throws IOException;
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface CompactionStep {
        void run(Compaction compaction) throws IOException;
    }

    private final DiskPace pace;
    private final SimulatedLoop loop;
    private final Consumer<IOException> failed;
    private final ArrayDeque<Job> jobs = new ArrayDeque<>();
    private @Nullable Journal journal;
    private @Nullable Rewriting rewriting;
    private final List<Batch> gathering = new ArrayList<>();
    private boolean syncing;
    private boolean ended;
    private long lastSubmitted;
    private long lastDurable;
    private long lastTold;

    /** {@code failed} is told of the first failure of the disk, which ends the node. */
    SimulatedRecorder(DiskPace pace, SimulatedLoop loop, Consumer<IOException> failed) {
        this.pace = pace;
        this.loop = loop;
        this.failed = failed;
    }

    void attach(Journal opened) {
        journal = opened;
    }

    /** The process is dead: nothing more is written. */
    void end() {
        ended = true;
        jobs.clear();
    }

    /** Whether something that was given to it is not durable yet. */
    boolean isBehind() {
        return syncing || !jobs.isEmpty();
    }

    /** A message leaves that tells of all records so far; returns what is to run whenever it arrives. */
    Runnable overtaking() {
        boolean isGathering = gathering.stream().anyMatch(batch -> !batch.isEmpty());
        long last = isGathering ? lastSubmitted + 1 : lastSubmitted;
        return () -> lastTold = Math.max(lastTold, last);
    }

    /** Whether somebody has heard of a record that is not durable yet. */
    boolean isOvertaken() {
        return lastTold > lastDurable;
    }

    @Override
    public Batch acquire() {
        var batch = new Batch();
        gathering.add(batch);
        return batch;
    }

    @Override
    public void submit(Batch batch, Runnable whenDurable) {
        gathering.remove(batch);
        lastSubmitted++;
        queue(durable -> {
            journal().write(batch);
            durable.add(whenDurable);
        });
    }

    @Override
    public long bytes() {
        return journal().bytes();
    }

    @Override
    public void beginRewrite(Runnable whenAbandoned) {
        var begun = new Rewriting(whenAbandoned);
        rewriting = begun;
        queue(durable -> begun.attempt(() -> begun.compaction = journal().compact()));
    }

    @Override
    public void submitState(Batch piece, Runnable whenWritten) {
        gathering.remove(piece);
        rewriting().step(compaction -> {
            compaction.write(piece);
            loop.execute(whenWritten);
        });
    }

    @Override
    public void finishRewrite(Runnable whenDone) {
        rewriting().step(compaction -> {
            compaction.finish();
            loop.execute(whenDone);
        });
    }

    /** One rewriting of the journal; if the disk has no room for it, the others of its steps do nothing. */
    private final class Rewriting {
        private final Runnable whenAbandoned;
        private @Nullable Compaction compaction;
        private boolean abandoned;

        Rewriting(Runnable whenAbandoned) {
            this.whenAbandoned = whenAbandoned;
        }

        void step(CompactionStep step) {
            queue(durable -> pace.afterPiece(() -> SimulatedRecorder.this.attempt(() -> {
                var begun = compaction;
                if (begun != null && !abandoned) {
                    attempt(() -> step.run(begun));
                }
            })));
        }

        private void attempt(Step step) throws IOException {
            try {
                step.run();
            } catch (AbandonedException e) {
                abandoned = true;
                loop.execute(whenAbandoned);
            }
        }
    }

    private void queue(Job job) {
        jobs.add(job);
        if (!syncing && !ended) {
            runGroup();
        }
    }

    /** Writes all that waits; it is durable when the sync has ended. */
    private void runGroup() {
        syncing = true;
        var durable = new ArrayList<Runnable>();
        attempt(() -> {
            while (!jobs.isEmpty()) {
                jobs.remove().run(durable);
            }
        });
        long lastWritten = lastSubmitted;
        pace.afterSync(() -> attempt(() -> sync(lastWritten, durable)));
    }

    private void sync(long lastWritten, List<Runnable> durable) throws IOException {
        pace.sync(() -> {
            journal().force();
            return true;
        });
        lastDurable = lastWritten;
        syncing = false;
        if (!durable.isEmpty()) {
            loop.execute(() -> durable.forEach(Runnable::run));
        }
        if (!jobs.isEmpty()) {
            runGroup();
        }
    }

    private void attempt(Step step) {
        if (ended) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            end();
            failed.accept(e);
        }
    }

    private Journal journal() {
        return Objects.requireNonNull(journal, "the journal is not open");
    }

    private Rewriting rewriting() {
        return Objects.requireNonNull(rewriting, "no rewriting was begun");
    }
}
