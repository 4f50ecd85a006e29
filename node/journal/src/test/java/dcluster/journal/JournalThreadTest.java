package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread of this test is the loop: what the journal hands to it waits in a queue until it is run. */
@Timeout(60)
final class JournalThreadTest {
    private static final Sync ALWAYS = new Sync.Always();

    private final MemoryDisk disk = new MemoryDisk();
    private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Long> durable = new ArrayList<>();
    private long submitted;

    @Test
    void callbacksRunInOrderOnTheLoopAndOnlyOnceDurable() throws Exception {
        try (var journal = journal(ALWAYS)) {
            for (int i = 0; i < 60; i++) {
                submit(journal, 1 + i % 7);
                if (i % 3 == 0) {
                    runLoopUntilDurable();
                    assertThat(Scene.replay(disk.durableCopy())).isGreaterThanOrEqualTo(durable());
                }
            }
            runLoopUntilDurable();
            assertThat(durable).isSorted();
        }
        assertThat(Scene.replay(disk)).isEqualTo(submitted);
    }

    @Test
    void batchesThatWaitBehindASyncShareTheNext() throws Exception {
        try (var stall = new Stall(FileNames.SEGMENT);
                var journal = journal(ALWAYS)) {
            stall.begin();
            submit(journal, 1);
            stall.awaitStalled();
            for (int i = 0; i < 10; i++) {
                submit(journal, 2);
            }
            long syncs = journal.metrics().syncs();
            assertThat(loop).isEmpty();
            stall.end();
            runLoopUntilDurable();
            assertThat(journal.metrics().syncs() - syncs).isEqualTo(2);
            assertThat(durable).hasSize(11);
        }
    }

    @Test
    void anEmptyBatchWaitsForThoseBeforeIt() throws Exception {
        try (var stall = new Stall(FileNames.SEGMENT);
                var journal = journal(ALWAYS)) {
            stall.begin();
            submit(journal, 1);
            submit(journal, 0);
            stall.awaitStalled();
            assertThat(loop).isEmpty();
            stall.end();
            runLoopUntilDurable();
        }
    }

    @Test
    void batchesAreUsedAgain() throws Exception {
        try (var journal = journal(ALWAYS)) {
            var first = journal.acquire();
            Numbers.add(first, ++submitted);
            long last = submitted;
            journal.submit(first, () -> durable.add(last));
            runLoopUntilDurable();
            var again = journal.acquire();
            assertThat(again).isSameAs(first);
            assertThat(again.isEmpty()).isTrue();
            assertThat(journal.acquire()).isNotSameAs(first);
        }
    }

    @Test
    @Tag("hard-case-30")
    void afterAFailedSyncNoCallbackEverRuns() throws Exception {
        try (var journal = journal(ALWAYS)) {
            submit(journal, 1);
            runLoopUntilDurable();
            disk.failNextForce();
            expectFailure(journal);
        }
        disk.losePower(MemoryDisk.Survivors.NOTHING, new Random(0));
        assertThat(Scene.replay(disk)).isEqualTo(1);
    }

    @Test
    @Tag("hard-case-30")
    void afterAFailedWriteNoCallbackEverRuns() throws Exception {
        try (var journal = journal(ALWAYS)) {
            submit(journal, 1);
            runLoopUntilDurable();
            disk.failNextWrite();
            expectFailure(journal);
        }
    }

    @Test
    @Tag("hard-case-30")
    void aCompactionThatFailsEndsTheJournalToo() throws Exception {
        try (var journal = journal(ALWAYS)) {
            submit(journal, 1);
            runLoopUntilDurable();
            var compaction = journal.compact();
            compaction.write(state(journal, submitted), disk::failNextForce);
            runNext();
            compaction.finish(() -> durable.add(-1L));
            expectFailure(journal);
        }
    }

    @Test
    @Tag("hard-case-30")
    void evenCallbacksThatWaitOnTheLoopAreDroppedAfterAFailure() throws Exception {
        try (var journal = journal(ALWAYS)) {
            submit(journal, 1);
            var waiting = loop.take();
            var compaction = journal.compact();
            disk.failNextForce();
            compaction.finish(() -> durable.add(-1L));
            runNext();
            assertThat(failures).hasSize(1);
            waiting.run();
            assertThat(durable).isEmpty();
        }
    }

    private void expectFailure(JournalThread journal) throws InterruptedException {
        var before = List.copyOf(durable);
        submit(journal, 3);
        while (failures.isEmpty()) {
            runNext();
        }
        submit(journal, 1);
        submit(journal, 1);
        journal.close();
        while (!loop.isEmpty()) {
            runNext();
        }
        assertThat(failures).singleElement().isInstanceOf(IOException.class);
        assertThat(durable).isEqualTo(before);
    }

    @Test
    void everyAnswersAtOnceAndSyncsWithinTheInterval() throws Exception {
        try (var stall = new Stall(FileNames.SEGMENT);
                var journal = journal(new Sync.Every(Duration.ofMillis(30)))) {
            submit(journal, 1);
            submit(journal, 1);
            stall.begin();
            runLoopUntilDurable();
            // Nobody submits anything any more: the sync comes by itself.
            stall.awaitStalled();
            stall.end();
            submit(journal, 1);
            runLoopUntilDurable();
        }
        assertThat(Scene.replay(disk.durableCopy())).isEqualTo(submitted);
    }

    @Test
    void neverAnswersWithoutASyncAndSyncsAtTheEnd() throws Exception {
        var journal = journal(new Sync.Never());
        long syncs = journal.metrics().syncs();
        for (int i = 0; i < 5; i++) {
            submit(journal, 2);
        }
        runLoopUntilDurable();
        assertThat(journal.metrics().syncs()).isEqualTo(syncs);
        assertThat(Scene.replay(disk.durableCopy())).isZero();
        journal.close();
        assertThat(Scene.replay(disk.durableCopy())).isEqualTo(submitted);
    }

    @Test
    void aCompactionStandsBetweenTheBatchesBeforeAndAfterIt() throws Exception {
        try (var journal = journal(ALWAYS)) {
            for (int round = 0; round < 5; round++) {
                submit(journal, 40);
                var compaction = journal.compact();
                long compacted = submitted;
                submit(journal, 3);
                compaction.write(state(journal, compacted), () -> submit(journal, 30));
                submit(journal, 3);
                var done = new boolean[1];
                compaction.finish(() -> done[0] = true);
                while (!done[0]) {
                    runNext();
                }
                assertThat(Scene.replay(disk.copy())).isGreaterThanOrEqualTo(durable());
            }
            runLoopUntilDurable();
            assertThat(journal.bytes()).isLessThan(10_000);
        }
        assertThat(Scene.replay(disk)).isEqualTo(submitted);
    }

    @Test
    void noBatchWaitsForACompactionsPiece() throws Exception {
        try (var stall = new Stall(FileNames.STATE);
                var journal = journal(ALWAYS)) {
            submit(journal, 5);
            var compaction = journal.compact();
            stall.begin();
            compaction.write(state(journal, submitted), () -> {});
            compaction.finish(() -> durable.add(-1L));
            stall.awaitStalled();
            for (int i = 0; i < 20; i++) {
                submit(journal, 20);
            }
            runLoopUntilDurable();
            assertThat(durable).hasSize(21).doesNotContain(-1L);
            stall.end();
            while (!durable.contains(-1L)) {
                runNext();
            }
        }
        assertThat(Scene.replay(disk)).isEqualTo(submitted);
    }

    @Test
    void anAbandonedCompactionMakesRoomForAnother() throws Exception {
        try (var journal = journal(ALWAYS)) {
            submit(journal, 5);
            var abandoned = journal.compact();
            abandoned.write(state(journal, submitted), () -> durable.add(-2L));
            abandoned.abandon();
            while (!durable.contains(-2L)) {
                runNext();
            }
            submit(journal, 5);
            runLoopUntilDurable();
        }
        assertThat(failures).isEmpty();
        assertThat(Scene.replay(disk)).isEqualTo(submitted);
    }

    @Test
    void closingWritesAndAnswersWhatWasSubmitted() throws Exception {
        var journal = journal(ALWAYS);
        for (int i = 0; i < 50; i++) {
            submit(journal, 2);
        }
        journal.close();
        journal.close();
        submit(journal, 1);
        while (!loop.isEmpty()) {
            runNext();
        }
        assertThat(durable).hasSize(50).last().isEqualTo(100L);
        assertThat(Scene.replay(disk)).isEqualTo(100);
    }

    @Test
    void aLoopThatHasEndedEndsTheThread() throws Exception {
        var ended = new CountDownLatch(1);
        Executor refusing = task -> {
            ended.countDown();
            throw new RejectedExecutionException();
        };
        try (var journal = new JournalThread(Scene.open(disk, new Numbers()), refusing, failures::add)) {
            submit(journal, 1);
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failures).isEmpty();
        assertThat(Scene.replay(disk)).isEqualTo(1);
    }

    @Test
    void theRealDiskKeepsWhatThousandsOfBatchesAndCompactionsLeave(@TempDir Path folder) throws Exception {
        var real = FolderDisk.at(folder);
        var options = new JournalOptions(64 << 10, ALWAYS);
        try (var journal = new JournalThread(
                Journal.open(real, Life.IDENTITY, options, new Numbers()), loop::add, failures::add)) {
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 300; i++) {
                    submit(journal, 1 + i % 5);
                }
                var compaction = journal.compact();
                compaction.write(state(journal, submitted), () -> {});
                submit(journal, 1);
                var done = new boolean[1];
                compaction.finish(() -> done[0] = true);
                while (!done[0]) {
                    runNext();
                }
            }
        }
        assertThat(failures).isEmpty();
        var numbers = new Numbers();
        try (var journal = Journal.open(real, Life.IDENTITY, options, numbers)) {
            assertThat(numbers.last()).isEqualTo(submitted);
            assertThat(journal.recovery().cut()).isEmpty();
        }
    }

    @Test
    void twoCompactionsAtOnceAreAnError() throws Exception {
        try (var journal = journal(ALWAYS)) {
            journal.compact();
            journal.compact();
            runNext();
        }
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        disk.lock().close();
    }

    private JournalThread journal(Sync sync) throws IOException {
        var journal = Journal.open(disk, Life.IDENTITY, Life.OPTIONS.with(sync), new Numbers());
        return new JournalThread(journal, loop::add, failures::add);
    }

    private void submit(JournalThread journal, int records) {
        var batch = journal.acquire();
        for (int i = 0; i < records; i++) {
            Numbers.add(batch, ++submitted);
        }
        long last = submitted;
        journal.submit(batch, () -> durable.add(last));
    }

    private static Batch state(JournalThread journal, long last) {
        var batch = journal.acquire();
        Numbers.addState(batch, last, 0, 1);
        return batch;
    }

    private void runLoopUntilDurable() throws InterruptedException {
        while (durable() < submitted) {
            runNext();
        }
    }

    private void runNext() throws InterruptedException {
        var task = loop.poll(30, TimeUnit.SECONDS);
        if (task == null) {
            throw new AssertionError("the journal's thread said nothing for 30 seconds, failures: " + failures);
        }
        task.run();
    }

    private long durable() {
        return durable.isEmpty() ? 0 : durable.get(durable.size() - 1);
    }

    /** Holds up the next sync of a file whose name begins so, from {@link #begin} to {@link #end}. */
    private final class Stall implements AutoCloseable {
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
