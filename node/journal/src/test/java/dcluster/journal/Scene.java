package dcluster.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Ready-made journals on a {@link MemoryDisk}, and what tests ask of them. */
final class Scene {
    static final String FIRST = FileNames.segment(1);

    private Scene() {}

    /** Opens with the usual identity and options; the numbers get what is replayed. */
    static Journal open(Disk disk, Numbers numbers) throws IOException {
        return Journal.open(disk, Life.IDENTITY, Life.OPTIONS, numbers);
    }

    /** The last number that a replay gives; the journal is closed again. */
    static long replay(Disk disk) throws IOException {
        var numbers = new Numbers();
        open(disk, numbers).close();
        return numbers.last();
    }

    /** Writes the records of a range in one batch, and syncs them. */
    static void writeDurably(Journal journal, long from, long to) throws IOException {
        journal.write(Numbers.batch(from, to));
        journal.force();
    }

    /** A closed journal with a state up to 20, three segments behind it, and 100 records in all. */
    static MemoryDisk closedJournal() throws IOException {
        var disk = new MemoryDisk();
        try (var journal = open(disk, new Numbers())) {
            writeDurably(journal, 1, 20);
            var compaction = journal.compact();
            var piece = new Batch();
            for (int i = 0; i < 4; i++) {
                Numbers.addState(piece, 20, i, 4);
            }
            compaction.write(piece);
            compaction.finish();
            for (long from = 21; from <= 100; from += 5) {
                writeDurably(journal, from, from + 4);
            }
        }
        return disk;
    }

    /** The offsets at which the frames of a file begin, and at last that of its end. */
    static List<Long> frames(MemoryDisk disk, String name, long base) throws IOException {
        var offsets = new ArrayList<Long>();
        var header = FileHeader.decode(disk.bytes(name)).orElseThrow();
        try (var file = new JournalFile(disk, name, disk.open(name), header)) {
            var frames = file.frames(base);
            while (frames.next()) {
                offsets.add(frames.offset());
            }
            offsets.add(frames.offset());
        }
        return offsets;
    }
}
