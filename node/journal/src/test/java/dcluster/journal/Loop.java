package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A loop for a {@link JournalThread}: the thread of the test, which runs what the journal hands to it when the test
 * says so.
 */
final class Loop implements JournalListener {
    static final Sync ALWAYS = new Sync.Always();

    final MemoryDisk disk = new MemoryDisk();
    final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    final List<Throwable> failures = new ArrayList<>();
    final List<AbandonedException> hindrances = new ArrayList<>();
    final List<Long> durable = new ArrayList<>();
    /** Stands still, so that no test meets an idle mark that it does not want. */
    final AtomicLong clock = new AtomicLong();

    long submitted;

    JournalThread journal(Sync sync) throws IOException {
        var journal = Journal.open(disk, Life.IDENTITY, Life.OPTIONS.with(sync), new Numbers());
        return new JournalThread(journal, tasks::add, this, clock::get);
    }

    @Override
    public void failed(Throwable why) {
        failures.add(why);
    }

    @Override
    public void hindered(AbandonedException why) {
        hindrances.add(why);
    }

    void submit(JournalThread journal, int records) {
        var batch = journal.acquire();
        for (int i = 0; i < records; i++) {
            Numbers.add(batch, ++submitted);
        }
        long last = submitted;
        journal.submit(batch, () -> durable.add(last));
    }

    static Batch state(JournalThread journal, long last) {
        var batch = journal.acquire();
        Numbers.addState(batch, last, 0, 1);
        return batch;
    }

    void runLoopUntilDurable() throws InterruptedException {
        while (durable() < submitted) {
            runNext();
        }
    }

    void runNext() throws InterruptedException {
        var task = tasks.poll(30, TimeUnit.SECONDS);
        if (task == null) {
            throw new AssertionError("the journal's thread said nothing for 30 seconds, failures: " + failures);
        }
        task.run();
    }

    long durable() {
        return durable.isEmpty() ? 0 : durable.get(durable.size() - 1);
    }

    /** Holds up the next sync of a file whose name begins so, from {@link #begin} to {@link #end}. */
    final class Stall implements AutoCloseable {
        private final CountDownLatch stalled = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final String prefix;

        Stall(String prefix) {
            this.prefix = prefix;
        }

        void begin() {
            disk.beforeForce(name -> {
                if (name.startsWith(prefix)) {
                    stalled.countDown();
                    awaitLatch(released);
                }
            });
        }

        void awaitStalled() {
            awaitLatch(stalled);
        }

        void end() {
            disk.beforeForce(name -> {});
            released.countDown();
        }

        @Override
        public void close() {
            end();
        }

        private void awaitLatch(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
