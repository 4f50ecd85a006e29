package dcluster.journal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes a node's journal, so that the node's loop never waits for a disk. It takes all batches
 * that wait, writes each, syncs once, and hands their callbacks to the loop in one piece: batches that arrive during
 * a sync share the next one.
 *
 * <pre>
 *  loop      submit A   submit B  submit C            A's callback   submit D   B's, C's
 *               |          |         |                     ^            |           ^
 *  journal      +- write A - sync ----------- done --------+            |           |
 *                                             + write B, C - sync -- done ----------+ write D ...
 * </pre>
 *
 * <p>What may take long and nobody waits for, a compaction's pieces and the preparation of segments, runs on a second
 * thread.
 *
 * <p>After the first failure of either thread no callback runs any more, the listener is told once, and whatever is
 * submitted is dropped: the node has to end. All methods but {@link #close} return at once.
 */
public final class JournalThread implements AutoCloseable {
    /** Bounds how long a callback waits for batches that came after its own. */
    private static final int GROUP_JOBS = 256;

    private static final int POOLED_BATCHES = 16;

    private final Journal journal;
    private final Executor loop;
    private final JournalListener listener;
    private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
    private final Queue<Batch> pool = new ArrayBlockingQueue<>(POOLED_BATCHES);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final ExecutorService background = Executors.newSingleThreadExecutor(JournalThread::daemon);
    private final SyncSchedule schedule;
    private final IdleMark idleMark;
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean closing;

    private interface Job {
        void run(List<Runnable> whenDurable) throws IOException;
    }

    /**
     * Starts the thread; the journal is its own from here on.
     *
     * @param loop runs callbacks one after the other
     */
    public JournalThread(Journal journal, Executor loop, JournalListener listener) {
        this(journal, loop, listener, System::nanoTime);
    }

    /** By this clock it finds out that it was left alone. */
    JournalThread(Journal journal, Executor loop, JournalListener listener, LongSupplier nanoTime) {
        this.journal = journal;
        this.loop = loop;
        this.listener = listener;
        this.schedule = SyncSchedule.of(journal.options().sync());
        this.idleMark = new IdleMark(nanoTime);
        this.thread = daemon(this::run);
        thread.setName("journal");
        thread.start();
    }

    /** An empty batch, used before if there is one. */
    public Batch acquire() {
        var batch = pool.poll();
        return batch != null ? batch : new Batch();
    }

    /**
     * Queues a batch, which belongs to the journal from now on. Once it and all before it are durable, in the sense
     * of the {@link Sync} policy, {@code whenDurable} runs on the loop. An empty batch asks only that.
     */
    public void submit(Batch batch, Runnable whenDurable) {
        queue(durable -> {
            journal.write(batch);
            recycle(batch);
            durable.add(whenDurable);
        });
    }

    /**
     * Begins a compaction behind the batches submitted so far; those submitted later follow the state. One at a time:
     * to begin a second before the first is finished or abandoned is a failure that ends the journal.
     *
     * @param whenAbandoned runs on the loop if the disk does not let it be finished, mostly because it is full
     */
    public BackgroundCompaction compact(Runnable whenAbandoned) {
        var compaction = new BackgroundCompaction(this, whenAbandoned);
        queue(durable -> compaction.begin(journal));
        return compaction;
    }

    /** See {@link Journal#bytes}. */
    public long bytes() {
        return journal.bytes();
    }

    /** See {@link Journal#metrics}. */
    public JournalMetrics metrics() {
        return journal.metrics();
    }

    /**
     * Writes and syncs all that was submitted, then closes the journal. Waits for that; callbacks still reach the
     * loop, if it takes any. Not to be called by a callback.
     */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a step of a compaction on the second thread, behind everything that was queued before. */
    void inBackground(Poison.Step step) {
        queue(durable -> background.execute(() -> attempt(step)));
    }

    /** Has the loop run something, unless the journal has failed by then. */
    void post(Runnable callback) {
        onLoop(() -> {
            if (failure.get() == null) {
                callback.run();
            }
        });
    }

    /** Tells that the journal goes on without something. */
    void hindered(AbandonedException why) {
        post(() -> listener.hindered(why));
    }

    void recycle(Batch batch) {
        batch.clear();
        pool.offer(batch);
    }

    private void queue(Job job) {
        if (failure.get() != null || closing) {
            return;
        }
        jobs.add(job);
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        attempt(() -> {
            while (failure.get() == null && !(closing && jobs.isEmpty())) {
                runGroup();
            }
        });
        attempt(this::end);
    }

    private void runGroup() throws IOException {
        if (jobs.isEmpty() && !schedule.isDue()) {
            await();
        }
        long end = journal.end();
        var durable = new ArrayList<Runnable>();
        for (int i = 0; i < GROUP_JOBS && failure.get() == null; i++) {
            var job = jobs.poll();
            if (job == null) {
                break;
            }
            job.run(durable);
        }
        if (schedule.isDueAfter(durable.size())) {
            journal.force();
            schedule.forced();
        }
        if (journal.end() != end) {
            idleMark.wrote();
        } else if (schedule.isClean() && idleMark.isDue()) {
            idleMark.done();
            orHindered(journal::vouch);
        }
        if (!durable.isEmpty()) {
            post(() -> durable.forEach(Runnable::run));
        }
        if (journal.wantsSegment()) {
            background.execute(() -> attempt(() -> orHindered(journal::prepareSegment)));
        }
    }

    /** For what the journal can do without. */
    private void orHindered(Poison.Step step) throws IOException {
        try {
            step.run();
        } catch (AbandonedException e) {
            hindered(e);
        }
    }

    /** Waits for a job, a due sync or mark, or the end. An idle journal has neither due, so it sleeps for good. */
    private void await() {
        idle = true;
        // Looked at again after the flag is up: whoever queued a job before that has woken nobody.
        if (jobs.isEmpty() && !closing && failure.get() == null) {
            schedule.park(this, idleMark.nanosUntilDue());
        }
        idle = false;
    }

    private void end() throws IOException {
        jobs.clear();
        background.shutdown();
        try {
            boolean ended = false;
            while (!ended) {
                ended = background.awaitTermination(1, TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted while the last pieces of a compaction were written");
        }
        if (failure.get() == null) {
            journal.close();
        } else {
            journal.drop();
        }
    }

    /** The top of both threads: whatever goes wrong ends the journal, and nothing hides it. */
    private void attempt(Poison.Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            if (failure.compareAndSet(null, e)) {
                onLoop(() -> listener.failed(e));
                LockSupport.unpark(thread);
            }
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and the node with it: nobody is left to wait for this.
            closing = true;
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "journal-background");
        thread.setDaemon(true);
        return thread;
    }
}
