package dcluster.journal;

import dcluster.spi.NodeId;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One journal through many openings and crashes, beside a model of what it owes: every record that was durable, in
 * order, and beyond these a beginning of what was written.
 */
final class Life {
    static final Identity IDENTITY = new Identity("demo", new NodeId("n1"), "none", 0x1234);
    static final JournalOptions OPTIONS = new JournalOptions(8 << 10, new Sync.Always());

    private static final int PIECES = 2;
    private static final int PIECE_RECORDS = 10;

    private final MemoryDisk disk;

    /** Whatever happens to the disk, this never claims more than what it kept. */
    private final Remembered witness = new Remembered(Past.NONE);

    private @Nullable Journal journal;
    private @Nullable Compaction compaction;
    private long compactedTo;
    private int pieces;
    private long compactions;
    private long written;
    private long durable;
    private long incarnation;

    Life(MemoryDisk disk) {
        this.disk = disk;
    }

    /** Opens, and checks what is replayed. */
    void open() throws IOException {
        compaction = null;
        var numbers = new Numbers();
        var opened = Journal.open(disk, IDENTITY, OPTIONS.with(witness), numbers);
        require(numbers.last() >= durable, "lost: " + numbers.last() + " of " + durable + " durable records are left");
        require(numbers.last() <= written, "made up: " + numbers.last() + " of " + written + " records");
        require(opened.incarnation() > incarnation, "incarnation " + incarnation + " was given twice");
        journal = opened;
        incarnation = opened.incarnation();
        written = numbers.last();
        durable = written;
    }

    void write(int records) throws IOException {
        long from = written + 1;
        written += records;
        journal().write(Numbers.batch(from, written));
    }

    void force() throws IOException {
        journal().force();
        durable = written;
    }

    void prepare() throws IOException {
        if (journal().wantsSegment()) {
            journal().prepareSegment();
        }
    }

    /** Does a compaction's next step: begins it, writes one of two pieces, finishes it. */
    void compact() throws IOException {
        if (compaction == null) {
            compactedTo = written;
            pieces = 0;
            compaction = journal().compact();
            durable = written;
        } else if (pieces < PIECES) {
            var piece = new Batch();
            for (int i = 0; i < PIECE_RECORDS; i++) {
                Numbers.addState(piece, compactedTo, pieces * PIECE_RECORDS + i, PIECES * PIECE_RECORDS);
            }
            pieces++;
            compaction.write(piece);
        } else {
            compaction.finish();
            compaction = null;
            compactions++;
        }
    }

    void abandon() throws IOException {
        if (compaction != null) {
            compaction.abandon();
            compaction = null;
        }
    }

    void close() throws IOException {
        var closing = journal();
        compaction = null;
        closing.close();
        durable = written;
    }

    /** Power is lost; what is durable is owed, the rest may come back. */
    void losePower(MemoryDisk.Survivors survivors, RandomGenerator random) {
        journal = null;
        disk.losePower(survivors, random);
    }

    /** The process is killed; whatever a completed write gave to the page cache is there. */
    void kill() {
        journal = null;
        disk.kill();
    }

    long written() {
        return written;
    }

    /** How many were finished. */
    long compactions() {
        return compactions;
    }

    Journal journal() {
        if (journal == null) {
            throw new IllegalStateException("not open");
        }
        return journal;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
