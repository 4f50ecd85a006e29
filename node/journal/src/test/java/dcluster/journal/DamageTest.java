package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damage to what was durable once is refused with file and offset, and nothing is touched. */
@Tag("hard-case-29")
final class DamageTest {
    @Test
    void aFlippedBitInAnyFrameBelowTheDurablePositionIsRefused() throws IOException {
        var disk = new MemoryDisk();
        try (var journal = Scene.open(disk, new Numbers())) {
            for (long from = 1; from <= 25; from += 5) {
                Scene.writeDurably(journal, from, from + 4);
            }
        }
        var frames = Scene.frames(disk, Scene.FIRST, 0);
        long lastMark = frames.get(frames.size() - 2);
        flipEverywhere(disk, Scene.FIRST, frames.subList(0, frames.size() - 1));
        assertThat(Scene.replay(flipped(disk, Scene.FIRST, (int) lastMark + 9))).isEqualTo(25);
        assertThat(Scene.replay(disk)).isEqualTo(25);
    }

    @Test
    void aFlippedBitInAStateOrAnySegmentIsRefused() throws IOException {
        var disk = Scene.closedJournal();
        long second =
                FileHeader.decode(disk.bytes(FileNames.state(2))).orElseThrow().position();
        var inSecond = Scene.frames(disk, FileNames.segment(2), second);
        long third = second + inSecond.get(inSecond.size() - 1) - FileHeader.DATA_START;
        flipEverywhere(disk, FileNames.state(2), Scene.frames(disk, FileNames.state(2), 0));
        flipEverywhere(disk, FileNames.segment(2), inSecond);
        flipEverywhere(disk, FileNames.segment(3), Scene.frames(disk, FileNames.segment(3), third));
        assertThat(Scene.replay(disk)).isEqualTo(100);
    }

    private static void flipEverywhere(MemoryDisk disk, String name, List<Long> frames) {
        int frame = 0;
        for (int at = FileHeader.DATA_START; at < frames.get(frames.size() - 1); at++) {
            while (frames.get(frame + 1) <= at) {
                frame++;
            }
            expectRefused(flipped(disk, name, at), name, frames.get(frame));
        }
    }

    @Test
    void aFlippedBitInAHeaderIsRefused() throws IOException {
        var disk = Scene.closedJournal();
        for (String name : disk.names()) {
            if (!name.equals(FileNames.IDENTITY)) {
                for (int at = 0; at < FileHeader.BYTES; at++) {
                    expectRefused(flipped(disk, name, at), name, 0);
                }
            }
        }
    }

    @Test
    void openingAloneVouchesForAllThatItFound() throws IOException {
        var disk = new MemoryDisk();
        Scene.open(disk, new Numbers()).write(Numbers.batch(1, 9));
        disk.kill();
        var frames = Scene.frames(disk, Scene.FIRST, 0);
        Scene.open(disk, new Numbers());
        disk.kill();
        flipEverywhere(disk, Scene.FIRST, frames);
    }

    @Test
    void aZeroedPageBelowTheDurablePositionIsRefused() throws IOException {
        var disk = Scene.closedJournal();
        byte[] content = disk.bytes(FileNames.segment(2));
        Arrays.fill(content, FileHeader.DATA_START + 512, FileHeader.DATA_START + 1024, (byte) 0);
        disk.set(FileNames.segment(2), content);
        assertThatThrownBy(() -> Scene.replay(disk)).isInstanceOf(DamagedJournalException.class);
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        var disk = Scene.closedJournal();
        assertThat(disk.names())
                .contains(FileNames.segment(2), FileNames.segment(3))
                .hasSizeGreaterThan(4);
        for (String name : disk.names()) {
            var without = disk.copy();
            without.remove(name);
            String missing = name.equals(FileNames.state(2)) ? FileNames.segment(1) : name;
            expectRefused(without, missing, 0);
        }
    }

    @Test
    void filesThatChangedPlacesAreRefused() throws IOException {
        var disk = Scene.closedJournal();
        byte[] second = disk.bytes(FileNames.segment(2));
        disk.set(FileNames.segment(2), disk.bytes(FileNames.segment(3)));
        expectRefused(disk, FileNames.segment(2), 0);
        disk.set(FileNames.segment(2), second);
        disk.set(FileNames.state(3), disk.bytes(FileNames.state(2)));
        expectRefused(disk, FileNames.state(3), 0);
    }

    @Test
    void aStateThatLostItsEndIsRefused() throws IOException {
        var disk = Scene.closedJournal();
        byte[] state = disk.bytes(FileNames.state(2));
        for (int length = FileHeader.DATA_START; length < state.length; length++) {
            disk.set(FileNames.state(2), Arrays.copyOf(state, length));
            assertThatThrownBy(() -> Scene.replay(disk)).isInstanceOf(DamagedJournalException.class);
        }
        disk.set(FileNames.state(2), Arrays.copyOf(state, state.length + 1));
        assertThatThrownBy(() -> Scene.replay(disk)).isInstanceOf(DamagedJournalException.class);
    }

    @Test
    void aRecordThatCannotBeDecodedIsRefusedWithItsOffset() throws IOException {
        var disk = new MemoryDisk();
        try (var journal = Scene.open(disk, new Numbers())) {
            Scene.writeDurably(journal, 1, 2);
        }
        assertThatThrownBy(() -> Journal.open(disk, Life.IDENTITY, Life.OPTIONS, record -> record.readBytes(1000)))
                .isInstanceOfSatisfying(
                        DamagedJournalException.class,
                        e -> assertThat(e.offset()).isEqualTo(FileHeader.DATA_START + 2L * Frames.MARK_BYTES))
                .hasMessageContaining("cannot be decoded");
        assertThat(Scene.replay(disk)).isEqualTo(2);
    }

    private static MemoryDisk flipped(MemoryDisk disk, String name, int at) {
        var copy = disk.copy();
        byte[] content = copy.bytes(name);
        content[at] ^= (byte) (1 << at % 8);
        copy.set(name, content);
        return copy;
    }

    private static void expectRefused(MemoryDisk disk, String file, long offset) {
        var before = disk.copy();
        assertThatThrownBy(() -> Scene.replay(disk))
                .as("damage in %s, in the frame at %d", file, offset)
                .isInstanceOfSatisfying(DamagedJournalException.class, e -> {
                    assertThat(e.file()).isEqualTo("/memory/" + file);
                    assertThat(e.offset()).isEqualTo(offset);
                })
                .hasMessageContaining("damaged journal: /memory/" + file + " at offset " + offset)
                .hasMessageContaining("replace this node");
        assertThat(disk.names()).isEqualTo(before.names());
        for (String name : disk.names()) {
            assertThat(disk.bytes(name)).as(name).isEqualTo(before.bytes(name));
        }
    }
}
