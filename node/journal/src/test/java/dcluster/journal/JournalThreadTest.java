package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class JournalThreadTest {
    private final Loop loop = new Loop();

    @Test
    void callbacksRunInOrderOnTheLoopAndOnlyOnceDurable() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            for (int i = 0; i < 60; i++) {
                loop.submit(journal, 1 + i % 7);
                if (i % 3 == 0) {
                    loop.runLoopUntilDurable();
                    assertThat(Scene.replay(loop.disk.durableCopy())).isGreaterThanOrEqualTo(loop.durable());
                }
            }
            loop.runLoopUntilDurable();
            assertThat(loop.durable).isSorted();
        }
        assertThat(Scene.replay(loop.disk)).isEqualTo(loop.submitted);
    }

    @Test
    void batchesThatWaitBehindASyncShareTheNext() throws Exception {
        try (var stall = loop.new Stall(FileNames.SEGMENT);
                var journal = loop.journal(Loop.ALWAYS)) {
            stall.begin();
            loop.submit(journal, 1);
            stall.awaitStalled();
            for (int i = 0; i < 10; i++) {
                loop.submit(journal, 2);
            }
            long syncs = journal.metrics().syncs();
            assertThat(loop.tasks).isEmpty();
            stall.end();
            loop.runLoopUntilDurable();
            assertThat(journal.metrics().syncs() - syncs).isEqualTo(2);
            assertThat(loop.durable).hasSize(11);
        }
    }

    @Test
    void anEmptyBatchWaitsForThoseBeforeIt() throws Exception {
        try (var stall = loop.new Stall(FileNames.SEGMENT);
                var journal = loop.journal(Loop.ALWAYS)) {
            stall.begin();
            loop.submit(journal, 1);
            loop.submit(journal, 0);
            stall.awaitStalled();
            assertThat(loop.tasks).isEmpty();
            stall.end();
            loop.runLoopUntilDurable();
        }
    }

    @Test
    void batchesAreUsedAgain() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            var first = journal.acquire();
            Numbers.add(first, ++loop.submitted);
            long last = loop.submitted;
            journal.submit(first, () -> loop.durable.add(last));
            loop.runLoopUntilDurable();
            var again = journal.acquire();
            assertThat(again).isSameAs(first);
            assertThat(again.isEmpty()).isTrue();
            assertThat(journal.acquire()).isNotSameAs(first);
        }
    }

    @Test
    void everyAnswersAtOnceAndSyncsWithinTheInterval() throws Exception {
        try (var stall = loop.new Stall(FileNames.SEGMENT);
                var journal = loop.journal(new Sync.Every(Duration.ofMillis(30)))) {
            loop.submit(journal, 1);
            loop.submit(journal, 1);
            stall.begin();
            loop.runLoopUntilDurable();
            // Nobody submits anything any more: the sync comes by itself.
            stall.awaitStalled();
            stall.end();
            loop.submit(journal, 1);
            loop.runLoopUntilDurable();
        }
        assertThat(Scene.replay(loop.disk.durableCopy())).isEqualTo(loop.submitted);
    }

    @Test
    void neverAnswersWithoutASyncAndSyncsAtTheEnd() throws Exception {
        var journal = loop.journal(new Sync.Never());
        long syncs = journal.metrics().syncs();
        for (int i = 0; i < 5; i++) {
            loop.submit(journal, 2);
        }
        loop.runLoopUntilDurable();
        assertThat(journal.metrics().syncs()).isEqualTo(syncs);
        assertThat(Scene.replay(loop.disk.durableCopy())).isZero();
        journal.close();
        assertThat(Scene.replay(loop.disk.durableCopy())).isEqualTo(loop.submitted);
    }

    @Test
    void aCompactionStandsBetweenTheBatchesBeforeAndAfterIt() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            for (int round = 0; round < 5; round++) {
                loop.submit(journal, 40);
                var compaction = journal.compact(() -> {});
                long compacted = loop.submitted;
                loop.submit(journal, 3);
                compaction.write(Loop.state(journal, compacted), () -> loop.submit(journal, 30));
                loop.submit(journal, 3);
                var done = new boolean[1];
                compaction.finish(() -> done[0] = true);
                while (!done[0]) {
                    loop.runNext();
                }
                assertThat(Scene.replay(loop.disk.copy())).isGreaterThanOrEqualTo(loop.durable());
            }
            loop.runLoopUntilDurable();
            assertThat(journal.bytes()).isLessThan(10_000);
        }
        assertThat(Scene.replay(loop.disk)).isEqualTo(loop.submitted);
    }

    @Test
    void noBatchWaitsForACompactionsPiece() throws Exception {
        try (var stall = loop.new Stall(FileNames.STATE);
                var journal = loop.journal(Loop.ALWAYS)) {
            loop.submit(journal, 5);
            var compaction = journal.compact(() -> {});
            stall.begin();
            compaction.write(Loop.state(journal, loop.submitted), () -> {});
            compaction.finish(() -> loop.durable.add(-1L));
            stall.awaitStalled();
            for (int i = 0; i < 20; i++) {
                loop.submit(journal, 20);
            }
            loop.runLoopUntilDurable();
            assertThat(loop.durable).hasSize(21).doesNotContain(-1L);
            stall.end();
            while (!loop.durable.contains(-1L)) {
                loop.runNext();
            }
        }
        assertThat(Scene.replay(loop.disk)).isEqualTo(loop.submitted);
    }

    @Test
    void anAbandonedCompactionMakesRoomForAnother() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            loop.submit(journal, 5);
            var abandoned = journal.compact(() -> {});
            abandoned.write(Loop.state(journal, loop.submitted), () -> loop.durable.add(-2L));
            abandoned.abandon();
            while (!loop.durable.contains(-2L)) {
                loop.runNext();
            }
            loop.submit(journal, 5);
            loop.runLoopUntilDurable();
        }
        assertThat(loop.failures).isEmpty();
        assertThat(Scene.replay(loop.disk)).isEqualTo(loop.submitted);
    }

    @Test
    void closingWritesAndAnswersWhatWasSubmitted() throws Exception {
        var journal = loop.journal(Loop.ALWAYS);
        for (int i = 0; i < 50; i++) {
            loop.submit(journal, 2);
        }
        journal.close();
        journal.close();
        loop.submit(journal, 1);
        while (!loop.tasks.isEmpty()) {
            loop.runNext();
        }
        assertThat(loop.durable).hasSize(50).last().isEqualTo(100L);
        assertThat(Scene.replay(loop.disk)).isEqualTo(100);
    }

    @Test
    void theRealDiskKeepsWhatThousandsOfBatchesAndCompactionsLeave(@TempDir Path folder) throws Exception {
        var real = FolderDisk.at(folder);
        var options = new JournalOptions(64 << 10, Loop.ALWAYS);
        try (var journal =
                new JournalThread(Journal.open(real, Life.IDENTITY, options, new Numbers()), loop.tasks::add, loop)) {
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 300; i++) {
                    loop.submit(journal, 1 + i % 5);
                }
                var compaction = journal.compact(() -> {});
                compaction.write(Loop.state(journal, loop.submitted), () -> {});
                loop.submit(journal, 1);
                var done = new boolean[1];
                compaction.finish(() -> done[0] = true);
                while (!done[0]) {
                    loop.runNext();
                }
            }
        }
        assertThat(loop.failures).isEmpty();
        var numbers = new Numbers();
        try (var journal = Journal.open(real, Life.IDENTITY, options, numbers)) {
            assertThat(numbers.last()).isEqualTo(loop.submitted);
            assertThat(journal.recovery().cut()).isEmpty();
        }
    }
}
