package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left after a failure of the disk: nothing that anybody could take for success. */
@Timeout(60)
final class JournalThreadFailureTest {
    private final Loop loop = new Loop();

    @Test
    @Tag("hard-case-30")
    void afterAFailedSyncNoCallbackEverRuns() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            loop.submit(journal, 1);
            loop.runLoopUntilDurable();
            loop.disk.failNextForce();
            expectFailure(journal);
        }
        loop.disk.losePower(MemoryDisk.Survivors.NOTHING, new Random(0));
        assertThat(Scene.replay(loop.disk)).isEqualTo(1);
    }

    @Test
    @Tag("hard-case-30")
    void afterAFailedWriteNoCallbackEverRuns() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            loop.submit(journal, 1);
            loop.runLoopUntilDurable();
            loop.disk.failNextWrite();
            expectFailure(journal);
        }
    }

    @Test
    @Tag("hard-case-30")
    void aCompactionThatFailsIsToldAndAnotherOneMayFollow() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            loop.submit(journal, 1);
            loop.runLoopUntilDurable();
            for (int attempt = 1; attempt <= 3; attempt++) {
                var compaction = journal.compact(() -> loop.durable.add(-1L));
                loop.submit(journal, 1);
                loop.runLoopUntilDurable();
                loop.disk.failNextForce();
                compaction.write(Loop.state(journal, loop.submitted - 1), () -> {});
                compaction.finish(() -> loop.durable.add(-2L));
                compaction.write(Loop.state(journal, 0), () -> loop.durable.add(-2L));
                compaction.finish(() -> loop.durable.add(-2L));
                while (loop.durable() != -1) {
                    loop.runNext();
                }
                loop.submit(journal, 1);
                loop.runLoopUntilDurable();
                assertThat(loop.hindrances).hasSize(attempt);
            }
            var last = journal.compact(() -> loop.durable.add(-1L));
            long compacted = loop.submitted;
            last.write(Loop.state(journal, compacted), () -> {});
            last.finish(() -> loop.durable.add(-3L));
            while (loop.durable() != -3) {
                loop.runNext();
            }
        }
        assertThat(loop.failures).isEmpty();
        assertThat(loop.durable).doesNotContain(-2L);
        assertThat(loop.hindrances)
                .allSatisfy(why -> assertThat(why)
                        .hasMessage("a compaction of the journal in /memory was abandoned: Input/output error"));
        assertThat(Scene.replay(loop.disk)).isEqualTo(loop.submitted);
    }

    @Test
    @Tag("hard-case-30")
    void evenCallbacksThatWaitOnTheLoopAreDroppedAfterAFailure() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            loop.submit(journal, 1);
            var waiting = loop.tasks.take();
            loop.disk.failNextForce();
            loop.submit(journal, 1);
            loop.runNext();
            assertThat(loop.failures).hasSize(1);
            waiting.run();
            assertThat(loop.durable).isEmpty();
        }
    }

    @Test
    void twoCompactionsAtOnceAreAnError() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            journal.compact(() -> {});
            journal.compact(() -> {});
            loop.runNext();
        }
        assertThat(loop.failures).singleElement().isInstanceOf(IllegalStateException.class);
        loop.disk.lock().close();
    }

    @Test
    void aLoopThatHasEndedEndsTheThread() throws Exception {
        var ended = new CountDownLatch(1);
        Executor refusing = task -> {
            ended.countDown();
            throw new RejectedExecutionException();
        };
        try (var journal = new JournalThread(Scene.open(loop.disk, new Numbers()), refusing, loop)) {
            loop.submit(journal, 1);
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(loop.failures).isEmpty();
        assertThat(Scene.replay(loop.disk)).isEqualTo(1);
    }

    private void expectFailure(JournalThread journal) throws InterruptedException {
        var before = List.copyOf(loop.durable);
        loop.submit(journal, 3);
        while (loop.failures.isEmpty()) {
            loop.runNext();
        }
        loop.submit(journal, 1);
        loop.submit(journal, 1);
        journal.close();
        while (!loop.tasks.isEmpty()) {
            loop.runNext();
        }
        assertThat(loop.failures).singleElement().isInstanceOf(IOException.class);
        assertThat(loop.durable).isEqualTo(before);
    }
}
