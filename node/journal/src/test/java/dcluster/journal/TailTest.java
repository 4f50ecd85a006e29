package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a crash may leave of the last writes, none of which was synced. */
@Tag("hard-case-28")
final class TailTest {
    private static final long DURABLE = 6;

    /** A file whose last write, of three records, was caught by a crash. */
    private static final class Torn {
        private final MemoryDisk disk = new MemoryDisk();
        private final byte[] before;
        private final byte[] after;
        private final int start;
        private final int end;

        Torn() throws IOException {
            var journal = Scene.open(disk, new Numbers());
            Scene.writeDurably(journal, 1, 3);
            Scene.writeDurably(journal, 4, DURABLE);
            before = disk.bytes(Scene.FIRST);
            start = FileHeader.DATA_START + (int) journal.end();
            journal.write(Numbers.batch(7, 9));
            end = FileHeader.DATA_START + (int) journal.end();
            after = disk.bytes(Scene.FIRST);
        }

        /** The last record that lies before the cut as a whole. */
        long complete(int cut) {
            long last = DURABLE;
            while (last < 9 && recordEnd(last + 1) <= cut) {
                last++;
            }
            return last;
        }

        /** Where the frames end that are whole before the cut. */
        long validEnd(int cut) {
            long last = complete(cut);
            return last > DURABLE
                    ? recordEnd(last)
                    : cut >= start + Frames.MARK_BYTES ? start + Frames.MARK_BYTES : start;
        }

        private long recordEnd(long number) {
            return (long) start + Frames.MARK_BYTES + Numbers.batch(7, number).bytes();
        }

        /** Opens the folder with this content of its segment, and goes on from there. */
        Recovery recover(byte[] content, long expectedLast) throws IOException {
            var torn = disk.copy();
            torn.set(Scene.FIRST, content);
            var numbers = new Numbers();
            var journal = Scene.open(torn, numbers);
            assertThat(numbers.last()).isEqualTo(expectedLast);
            Scene.writeDurably(journal, expectedLast + 1, expectedLast + 2);
            torn.losePower(MemoryDisk.Survivors.NOTHING, new Random(0));
            assertThat(Scene.replay(torn)).isEqualTo(expectedLast + 2);
            return journal.recovery();
        }
    }

    @Test
    void aFileThatEndsAtAnyByteOfTheLastWriteIsCutThere() throws IOException {
        var torn = new Torn();
        for (int cut = torn.start; cut <= torn.end; cut++) {
            var content = Arrays.copyOf(torn.after, cut);
            expectCut(torn.recover(content, torn.complete(cut)), torn.validEnd(cut), content);
        }
    }

    @Test
    void aLastWriteThatTurnsToZerosAtAnyByteIsCutThere() throws IOException {
        var torn = new Torn();
        for (int cut = torn.start; cut <= torn.end; cut++) {
            var content = torn.after.clone();
            Arrays.fill(content, cut, content.length, (byte) 0);
            torn.recover(content, lastBefore(torn, cut, content));
        }
    }

    @Test
    void aLastWriteThatTurnsToGarbageAtAnyByteIsCutThere() throws IOException {
        var torn = new Torn();
        var random = new Random(28);
        for (int cut = torn.start; cut <= torn.end; cut++) {
            var content = Arrays.copyOf(torn.after, torn.after.length + 300);
            var garbage = new byte[content.length - cut];
            random.nextBytes(garbage);
            System.arraycopy(garbage, 0, content, cut, garbage.length);
            expectCut(torn.recover(content, torn.complete(cut)), torn.validEnd(cut), content);
        }
    }

    @Test
    void whatLiesBehindACutIsNeverTakenForDataLater() throws IOException {
        var torn = new Torn();
        // The mark is lost, the three records behind it are whole: were they not erased, they would follow the next
        // write.
        var content = torn.after.clone();
        System.arraycopy(torn.before, torn.start, content, torn.start, Frames.MARK_BYTES);
        var disk = torn.disk.copy();
        disk.set(Scene.FIRST, content);
        var journal = Scene.open(disk, new Numbers());
        assertThat(journal.recovery().cut()).isPresent();
        disk.losePower(MemoryDisk.Survivors.NOTHING, new Random(0));
        assertThat(Scene.replay(disk)).isEqualTo(DURABLE);
        var reopened = Scene.open(disk, new Numbers());
        assertThat(reopened.recovery().cut()).isEmpty();
    }

    @Test
    void whatAnEarlierLifeLeftBehindANewMarkIsNotTakenForData() throws IOException {
        var torn = new Torn();
        var content = torn.after.clone();
        content[torn.start] ^= 1;
        var disk = torn.disk.copy();
        disk.set(Scene.FIRST, content);
        Scene.open(disk, new Numbers());
        disk.kill();
        // The new mark is as long as the old one. Say that the disk did not keep the erasure behind it.
        byte[] stale = disk.bytes(Scene.FIRST);
        int records = torn.start + Frames.MARK_BYTES;
        System.arraycopy(torn.after, records, stale, records, torn.end - records);
        disk.set(Scene.FIRST, stale);
        assertThat(Scene.replay(disk)).isEqualTo(DURABLE);
    }

    @Test
    void aMarkOfAnEarlierLifeBehindNewRecordsIsNotTakenForData() throws IOException {
        var disk = new MemoryDisk();
        var journal = Journal.open(disk, Life.IDENTITY, Life.OPTIONS, record -> {});
        int start = FileHeader.DATA_START + (int) journal.end();
        journal.write(recordOf(32));
        journal.write(recordOf(5));
        disk.kill();
        byte[] stale = disk.bytes(Scene.FIRST);
        stale[start] ^= 1;
        disk.set(Scene.FIRST, stale);
        // What is written now, an opening mark and an empty record, ends where the second write of the earlier life
        // began.
        Journal.open(disk, Life.IDENTITY, Life.OPTIONS, record -> {}).write(recordOf(0));
        disk.kill();
        byte[] fresh = disk.bytes(Scene.FIRST);
        System.arraycopy(stale, start + 72, fresh, start + 72, 100);
        disk.set(Scene.FIRST, fresh);
        var sizes = new ArrayList<Integer>();
        Journal.open(disk, Life.IDENTITY, Life.OPTIONS, record -> sizes.add(record.remaining()));
        assertThat(sizes).containsExactly(0);
    }

    private static Batch recordOf(int bytes) {
        var batch = new Batch();
        batch.begin().skip(bytes);
        batch.end();
        return batch;
    }

    @Test
    void anySectorsOfUnsyncedWritesMayBeMissing() throws IOException {
        var disk = new MemoryDisk();
        var journal = Scene.open(disk, new Numbers());
        Scene.writeDurably(journal, 1, DURABLE);
        byte[] before = disk.bytes(Scene.FIRST);
        int first = (FileHeader.DATA_START + (int) journal.end()) / MemoryDisk.SECTOR_BYTES;
        for (long from = DURABLE + 1; from < 28; from += 7) {
            journal.write(Numbers.batch(from, from + 6));
        }
        byte[] after = disk.bytes(Scene.FIRST);
        int sectors = (FileHeader.DATA_START + (int) journal.end()) / MemoryDisk.SECTOR_BYTES + 1 - first;
        assertThat(sectors).isBetween(5, 10);
        for (int kept = 0; kept < 1 << sectors; kept++) {
            var holed = disk.copy();
            holed.set(Scene.FIRST, mixed(before, after, first, kept));
            assertThat(Scene.replay(holed))
                    .as("sectors kept %s", Integer.toBinaryString(kept))
                    .isBetween(DURABLE, 34L);
        }
    }

    @Test
    void aBitFlippedInTheLastBatchCutsItOrLeavesItIntact() throws IOException {
        var torn = new Torn();
        for (int at = torn.start; at < torn.end; at++) {
            var content = torn.after.clone();
            content[at] ^= (byte) (1 << at % 8);
            torn.recover(content, torn.complete(at));
        }
    }

    @Test
    void bytesThatAClientChoseNeverPassForAMark() throws IOException {
        var torn = new Torn();
        // A mark as the layout says, at its true position, claiming that all of it was durable; but without the salt.
        long position = torn.start - FileHeader.DATA_START + 2L * Frames.MARK_BYTES;
        var forged = new Batch().after(Frames.MARK, new Mark(position, Long.MAX_VALUE, 1), 0);
        var content = torn.before.clone();
        forged.get(content, torn.start + 2 * Frames.MARK_BYTES, Frames.MARK_BYTES);
        assertThat(torn.recover(content, DURABLE).cut()).isPresent();
    }

    /** A record whose own bytes end in zeros is whole although the zeros begin within it. */
    private static long lastBefore(Torn torn, int cut, byte[] content) {
        int whole = cut;
        while (whole < torn.end && content[whole] == torn.after[whole]) {
            whole++;
        }
        return torn.complete(whole);
    }

    private static byte[] mixed(byte[] before, byte[] after, int firstSector, int kept) {
        var content = before.clone();
        for (int bit = 0; kept >> bit != 0; bit++) {
            if ((kept >> bit & 1) != 0) {
                int from = (firstSector + bit) * MemoryDisk.SECTOR_BYTES;
                int length = Math.min(MemoryDisk.SECTOR_BYTES, content.length - from);
                System.arraycopy(after, from, content, from, length);
            }
        }
        return content;
    }

    /** All from the end of the last valid frame up to the last byte that is not zero is cut, and told. */
    private static void expectCut(Recovery recovery, long validEnd, byte[] content) {
        int end = content.length;
        while (end > validEnd && content[end - 1] == 0) {
            end--;
        }
        if (end == validEnd) {
            assertThat(recovery.cut()).isEmpty();
            return;
        }
        var cut = recovery.cut().orElseThrow();
        assertThat(cut.file()).isEqualTo(Scene.FIRST);
        assertThat(cut.offset()).isEqualTo(validEnd);
        assertThat(cut.bytes()).isEqualTo(end - validEnd);
        assertThat(recovery.toString()).contains("cut " + cut.bytes() + " bytes at offset " + validEnd);
    }
}
