package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails once, or is full, while the journal does what it can do without. */
@Tag("hard-case-30")
final class AbandonedTest {
    private static final long RECORDS = 10;

    private MemoryDisk disk = new MemoryDisk();

    /** Each operation fails in turn, and the disk works again right after. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatFailsOnItsOwnFilesAbandonsACompactionAndTheRestEndsTheJournal(boolean failedRenamesHappen)
            throws IOException {
        var abandoning = new TreeSet<String>();
        var ending = new TreeSet<String>();
        for (int operation = 1; ; operation++) {
            var journal = grown();
            if (failedRenamesHappen) {
                disk.failedRenamesHappen();
            }
            disk.failAt(disk.operations() + operation);
            try {
                compact(journal, RECORDS);
                break;
            } catch (AbandonedException e) {
                abandoning.add(disk.failed());
                goOn(journal);
            } catch (IOException e) {
                ending.add(disk.failed());
                requireEnded(journal);
            }
        }
        assertThat(abandoning)
                .containsExactly(
                        "create segment-0000000002.new",
                        "create state-0000000002.new",
                        "force segment-0000000002.new",
                        "force state-0000000002.new",
                        "rename segment-0000000002.new",
                        "rename state-0000000002.new",
                        "write segment-0000000002.new",
                        "write state-0000000002.new");
        assertThat(ending)
                .containsExactly(
                        "delete segment-0000000001",
                        "force segment-0000000001",
                        "list",
                        "size segment-0000000002.new",
                        "sync",
                        "write segment-0000000001");
    }

    private Journal grown() throws IOException {
        disk = new MemoryDisk();
        var journal = Scene.open(disk, new Numbers());
        Scene.writeDurably(journal, 1, RECORDS);
        return journal;
    }

    private static void compact(Journal journal, long last) throws IOException {
        var compaction = journal.compact();
        for (int piece = 0; piece < 2; piece++) {
            var batch = new Batch();
            Numbers.addState(batch, last, piece, 2);
            compaction.write(batch);
        }
        compaction.finish();
    }

    /** Nothing is left of it, nothing is lost, whatever a crash keeps, and another one succeeds. */
    private void goOn(Journal journal) throws IOException {
        if (!disk.failed().startsWith("rename")) {
            assertThat(disk.names()).noneMatch(FileNames::isUnfinished);
        }
        for (int seed = 0; seed < 5; seed++) {
            var crashed = disk.copy();
            crashed.losePower(MemoryDisk.Survivors.ANY, new Random(seed));
            assertThat(Scene.replay(crashed)).isEqualTo(RECORDS);
        }
        Scene.writeDurably(journal, RECORDS + 1, 100);
        assertThat(Scene.replay(disk.durableCopy())).isEqualTo(100);
        compact(journal, 100);
        Scene.writeDurably(journal, 101, 110);
        disk.losePower(MemoryDisk.Survivors.NOTHING, new Random(0));
        assertThat(Scene.replay(disk)).isEqualTo(110);
        assertThat(disk.names()).noneMatch(FileNames::isUnfinished);
    }

    private void requireEnded(Journal journal) throws IOException {
        assertThatThrownBy(() -> journal.write(Numbers.batch(RECORDS + 1, RECORDS + 1)))
                .as(disk.failed())
                .hasMessageContaining("the journal failed before");
        journal.close();
        disk.kill();
        assertThat(Scene.replay(disk)).isEqualTo(RECORDS);
    }

    @Test
    void aFullDiskEndsTheJournalOnlyWhenItsSegmentIsFull() throws IOException {
        var journal = grown();
        disk.capacity(disk.bytes(Scene.FIRST).length + 1000);
        long written = RECORDS;
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(journal::compact)
                    .isInstanceOf(AbandonedException.class)
                    .hasMessage("a compaction of the journal in /memory was abandoned: No space left on device");
            Scene.writeDurably(journal, ++written, written);
        }
        disk.capacity(Long.MAX_VALUE);
        compact(journal, written);
        disk.kill();
        assertThat(Scene.replay(disk)).isEqualTo(written);
    }

    @Test
    void aSegmentThatCannotBePreparedIsTriedAgainWhenAnotherEighthIsUsed() throws IOException {
        var journal = grown();
        long written = RECORDS;
        disk.capacity(disk.bytes(Scene.FIRST).length + 1000);
        int attempts = 0;
        while (journal.bytes() < 3500) {
            if (journal.wantsSegment()) {
                attempts++;
                assertThat(journal.wantsSegment()).as("one at a time").isFalse();
                assertThatThrownBy(journal::prepareSegment)
                        .isInstanceOf(AbandonedException.class)
                        .hasMessage("the next segment of the journal in /memory was abandoned: No space left on"
                                + " device");
                assertThat(disk.names()).noneMatch(FileNames::isUnfinished);
            }
            Scene.writeDurably(journal, ++written, written);
        }
        assertThat(attempts).as("of an eighth, a quarter and three eighths").isEqualTo(3);

        disk.capacity(Long.MAX_VALUE);
        while (!journal.wantsSegment()) {
            Scene.writeDurably(journal, ++written, written);
        }
        journal.prepareSegment();
        assertThat(disk.names()).contains(FileNames.segment(2));
        for (int i = 0; i < 100; i++) {
            Scene.writeDurably(journal, ++written, written);
        }
        disk.losePower(MemoryDisk.Survivors.NOTHING, new Random(0));
        assertThat(Scene.replay(disk)).isEqualTo(written);
    }

    /** Each operation fails in turn; only a folder that cannot be synced concerns what is written already. */
    @Test
    void whateverFailsOfAPreparedSegmentButItsNameLetsTheJournalGoOn() throws IOException {
        var ending = new TreeSet<String>();
        for (int operation = 1; ; operation++) {
            var journal = grown();
            Scene.writeDurably(journal, RECORDS + 1, 20);
            assertThat(journal.wantsSegment()).isTrue();
            disk.failAt(disk.operations() + operation);
            try {
                journal.prepareSegment();
                break;
            } catch (AbandonedException e) {
                Scene.writeDurably(journal, 21, 120);
                disk.losePower(MemoryDisk.Survivors.NOTHING, new Random(0));
                assertThat(Scene.replay(disk)).isEqualTo(120);
            } catch (IOException e) {
                ending.add(disk.failed());
                assertThatThrownBy(journal::force).hasMessageContaining("the journal failed before");
            }
        }
        assertThat(ending).containsExactly("sync");
    }
}
