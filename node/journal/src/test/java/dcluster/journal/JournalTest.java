package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class JournalTest {
    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void givesBackWhatWasWrittenInOrder() throws IOException {
        try (var journal = Scene.open(disk, new Numbers())) {
            for (long number = 1; number <= 300; number += 3) {
                journal.write(Numbers.batch(number, number + 2));
            }
        }
        assertThat(Scene.replay(disk)).isEqualTo(300);
        assertThat(disk.names()).hasSizeGreaterThan(5);
    }

    @Test
    void countsItsOpenings() throws IOException {
        for (int opening = 1; opening <= 5; opening++) {
            try (var journal = Scene.open(disk, new Numbers())) {
                assertThat(journal.incarnation()).isEqualTo(opening);
                journal.compact().finish();
                journal.compact().finish();
            }
        }
    }

    @Test
    void itsBytesAreWhatAReplayReads() throws IOException {
        for (int round = 0; round < 6; round++) {
            var numbers = new Numbers();
            var journal = Scene.open(disk, numbers);
            journal.write(Numbers.batch(numbers.last() + 1, numbers.last() + 20));
            if (round % 2 == 1) {
                var compaction = journal.compact();
                var piece = new Batch();
                Numbers.addState(piece, numbers.last() + 20, 0, 1);
                compaction.write(piece);
                compaction.finish();
                assertThat(journal.bytes()).isLessThan(300);
            }
            long bytes = journal.bytes();
            disk.kill();
            try (var reopened = Scene.open(disk, new Numbers())) {
                assertThat(reopened.recovery().bytes()).isEqualTo(bytes);
                assertThat(reopened.recovery().cut()).isEmpty();
            }
        }
    }

    @Test
    void aFinishedCompactionLeavesOnlyWhatReplacesTheRest() throws IOException {
        var journal = Scene.open(disk, new Numbers());
        journal.write(Numbers.batch(1, 120));
        assertThat(disk.names()).contains(FileNames.segment(1), FileNames.segment(2));
        var compaction = journal.compact();
        assertThatThrownBy(journal::compact).isInstanceOf(IllegalStateException.class);
        var piece = new Batch();
        Numbers.addState(piece, 120, 0, 1);
        compaction.write(piece);
        compaction.finish();
        assertThatThrownBy(compaction::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(compaction::abandon).isInstanceOf(IllegalStateException.class);
        assertThat(disk.names()).hasSize(3).contains(FileNames.IDENTITY);
        journal.close();
        assertThat(Scene.replay(disk)).isEqualTo(120);
    }

    @Test
    void anAbandonedCompactionLeavesNothing() throws IOException {
        try (var journal = Scene.open(disk, new Numbers())) {
            journal.write(Numbers.batch(1, 10));
            long before = journal.bytes();
            var compaction = journal.compact();
            compaction.abandon();
            assertThat(disk.names()).noneMatch(name -> name.startsWith(FileNames.STATE));
            assertThat(journal.bytes()).isGreaterThanOrEqualTo(before);
            journal.compact().abandon();
        }
        assertThat(Scene.replay(disk)).isEqualTo(10);
    }

    @Test
    void closingAbandonsACompaction() throws IOException {
        var journal = Scene.open(disk, new Numbers());
        journal.write(Numbers.batch(1, 10));
        journal.compact().write(Numbers.batch(1, 1));
        journal.close();
        assertThat(Scene.replay(disk)).isEqualTo(10);
        assertThat(disk.names()).noneMatch(name -> name.contains(FileNames.STATE));
    }

    @Test
    void aClosedJournalTakesNothing() throws IOException {
        var journal = Scene.open(disk, new Numbers());
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.write(Numbers.batch(1, 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(journal::force).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(journal::compact).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBatchLargerThanASegmentHasOneOfItsOwn() throws IOException {
        try (var journal = Scene.open(disk, new Numbers())) {
            journal.write(Numbers.batch(1, 10));
            journal.write(Numbers.batch(11, 400));
            journal.write(Numbers.batch(401, 410));
        }
        assertThat(Scene.replay(disk)).isEqualTo(410);
    }

    @Test
    void segmentsGrowFromSmallToFull() throws IOException {
        var options = new JournalOptions(8 << 20, new Sync.Always());
        var megabyte = new Batch();
        megabyte.begin().skip(900 << 10);
        megabyte.end();
        try (var journal = Journal.open(disk, Life.IDENTITY, options, r -> {})) {
            for (int i = 0; i < 40; i++) {
                if (journal.wantsSegment()) {
                    journal.prepareSegment();
                }
                journal.write(megabyte);
            }
        }
        assertThat(sizeMiB(1)).isEqualTo(1);
        assertThat(sizeMiB(2)).isEqualTo(2);
        assertThat(sizeMiB(3)).isEqualTo(4);
        assertThat(sizeMiB(4)).isEqualTo(8);
        assertThat(sizeMiB(5)).isEqualTo(8);
    }

    @Test
    void itsBytesFollowFromItsSaltsAndFromWhatItIsGiven() throws IOException {
        assertThat(bytesOf(1)).isEqualTo(bytesOf(1)).isNotEqualTo(bytesOf(2));
    }

    /** Of all files after some segments and a compaction. */
    private static Map<String, String> bytesOf(long salt) throws IOException {
        var disk = new MemoryDisk();
        try (var journal = Journal.open(disk, Life.IDENTITY, Life.OPTIONS.with(() -> salt), r -> {})) {
            journal.write(Numbers.batch(1, 600));
            var compaction = journal.compact();
            compaction.write(Numbers.batch(1, 10));
            compaction.finish();
            journal.write(Numbers.batch(601, 1200));
        }
        var hex = HexFormat.of();
        return disk.names().stream().collect(Collectors.toMap(name -> name, name -> hex.formatHex(disk.bytes(name))));
    }

    @Test
    void countsWhatItDoes() throws IOException {
        try (var journal = Scene.open(disk, new Numbers())) {
            var start = journal.metrics();
            journal.write(Numbers.batch(1, 3));
            journal.write(Numbers.batch(4, 4));
            journal.write(new Batch());
            journal.force();
            journal.force();
            var metrics = journal.metrics();
            assertThat(metrics.writes() - start.writes()).isEqualTo(2);
            assertThat(metrics.records() - start.records()).isEqualTo(4);
            assertThat(metrics.bytes() - start.bytes())
                    .isEqualTo(Numbers.batch(1, 4).bytes() + 2 * Frames.MARK_BYTES);
            assertThat(metrics.syncs() - start.syncs()).isEqualTo(1);
            assertThat(metrics.maxSyncNanos()).isGreaterThanOrEqualTo(metrics.lastSyncNanos());
            assertThat(metrics.syncNanos()).isGreaterThanOrEqualTo(metrics.maxSyncNanos());
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        var always = new Sync.Always();
        assertThatThrownBy(() -> new JournalOptions(100, always)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JournalOptions(2L << 30, always)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sync.Every(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private int sizeMiB(long number) {
        return disk.bytes(FileNames.segment(number)).length >> 20;
    }
}
