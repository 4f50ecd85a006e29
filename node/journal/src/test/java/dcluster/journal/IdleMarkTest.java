package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A journal that is left alone vouches for its last write. */
@Timeout(60)
final class IdleMarkTest {
    private final Loop loop = new Loop();

    @Test
    @Tag("hard-case-29")
    void onceItWasIdleAnyBitThatFlipsInTheLastWriteIsRefusedAsDamage() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            loop.submit(journal, 3);
            loop.runLoopUntilDurable();
            long start = Scene.frames(loop.disk, Scene.FIRST, 0).get(1);
            long end = Scene.frames(loop.disk, Scene.FIRST, 0).get(5);
            pass(journal, IdleMark.AFTER_NANOS);

            byte[] whole = loop.disk.bytes(Scene.FIRST);
            assertThat(start).isEqualTo(FileHeader.DATA_START + Frames.MARK_BYTES);
            assertThat(end - start)
                    .isEqualTo(Frames.MARK_BYTES + Numbers.batch(1, 3).bytes());
            for (long bit = 8 * start; bit < 8 * end; bit++) {
                var flipped = whole.clone();
                flipped[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
                var disk = loop.disk.copy();
                disk.set(Scene.FIRST, flipped);
                disk.losePower(MemoryDisk.Survivors.NOTHING, new Random(0));
                assertThatThrownBy(() -> Scene.replay(disk)).isInstanceOf(DamagedJournalException.class);
            }
        }
    }

    @Test
    void theMarkIsWrittenAndSyncedOnceAndNotBeforeItsTime() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            for (int period = 0; period < 3; period++) {
                loop.submit(journal, 1);
                loop.runLoopUntilDurable();
                var busy = journal.metrics();
                pass(journal, IdleMark.AFTER_NANOS - 1);
                assertThat(journal.metrics()).isEqualTo(busy);
                pass(journal, 1);
                var idle = journal.metrics();
                assertThat(idle.writes()).isEqualTo(busy.writes() + 1);
                assertThat(idle.syncs()).isEqualTo(busy.syncs() + 1);
                assertThat(idle.records()).isEqualTo(busy.records());
                for (int i = 0; i < 3; i++) {
                    pass(journal, IdleMark.AFTER_NANOS);
                }
                assertThat(journal.metrics()).isEqualTo(idle);
            }
        }
    }

    @Test
    void whoeverWritesAgainInTimePaysForNoMark() throws Exception {
        try (var journal = loop.journal(Loop.ALWAYS)) {
            long syncs = journal.metrics().syncs();
            for (int i = 0; i < 10; i++) {
                loop.submit(journal, 1);
                loop.runLoopUntilDurable();
                loop.clock.addAndGet(IdleMark.AFTER_NANOS - 1);
            }
            assertThat(journal.metrics().syncs() - syncs).isEqualTo(10);
        }
    }

    @Test
    void aJournalThatIsNotSyncedIsNotVouchedFor() throws Exception {
        try (var journal = loop.journal(new Sync.Never())) {
            loop.submit(journal, 1);
            loop.runLoopUntilDurable();
            var before = journal.metrics();
            pass(journal, IdleMark.AFTER_NANOS);
            assertThat(journal.metrics()).isEqualTo(before);
        }
    }

    /** A seal is a mark, too. */
    @Test
    void whereTheMarkHasNoRoomTheSegmentEndsAndAFullDiskIsNoFailure() throws Exception {
        var disk = loop.disk;
        var journal = Scene.open(disk, new Numbers());
        long room = 4096 - 2 * Frames.MARK_BYTES;
        var batch = new Batch();
        batch.begin().skip((int) (room - Frames.MARK_BYTES - Frames.HEADER_BYTES - 10));
        batch.end();
        journal.write(batch);
        journal.force();
        disk.capacity(disk.bytes(Scene.FIRST).length + 1000);
        assertThatThrownBy(journal::vouch)
                .isInstanceOf(AbandonedException.class)
                .hasMessageStartingWith("a mark at the end of the journal in /memory was abandoned: ");
        disk.capacity(Long.MAX_VALUE);
        journal.vouch();
        assertThat(disk.names()).contains(FileNames.segment(2));
        int last = FileHeader.DATA_START + 2 * Frames.MARK_BYTES + 100;
        byte[] flipped = disk.bytes(Scene.FIRST);
        flipped[last] ^= 1;
        disk.set(Scene.FIRST, flipped);
        disk.kill();
        assertThatThrownBy(() -> Journal.open(disk, Life.IDENTITY, Life.OPTIONS, record -> {}))
                .isInstanceOf(DamagedJournalException.class);
    }

    /** By the real clock, and with nobody to wake it up. */
    @Test
    void theMarkComesByItself() throws Exception {
        var journal = Scene.open(loop.disk, new Numbers());
        try (var thread = new JournalThread(journal, loop.tasks::add, loop)) {
            var vouched = new CountDownLatch(1);
            long before = thread.metrics().writes();
            loop.disk.beforeForce(name -> {
                if (thread.metrics().writes() == before + 2) {
                    vouched.countDown();
                }
            });
            loop.submit(thread, 1);
            assertThat(vouched.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Lets time pass, and has the thread look at its clock: an empty batch wakes it and writes nothing. */
    private void pass(JournalThread journal, long nanos) throws InterruptedException {
        loop.clock.addAndGet(nanos);
        loop.submit(journal, 0);
        loop.runNext();
    }
}
