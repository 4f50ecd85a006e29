package dcluster.journal;

import java.io.IOException;

/**
 * The rewriting of a journal as a state, from {@link Journal#compact} on. Until {@link #finish} returns the old journal
 * counts, whatever happens: a crash leaves a file that the next opening deletes.
 *
 * <p>It may be used by another thread than the journal, one at a time. The file is synced every few mebibytes, so
 * that no sync of the journal has to wait behind a large one of this.
 */
public final class Compaction {
    private static final long SYNCED_AT_ONCE_BYTES = 4 << 20;

    private final Journal journal;
    private final Folder folder;
    private final Poison poison;
    private final long number;
    private final long position;
    private final JournalFile file;
    private long offset = FileHeader.DATA_START;
    private long forced = FileHeader.DATA_START;
    private boolean ended;

    Compaction(Journal journal, Folder folder, Poison poison, long number) throws IOException {
        this.journal = journal;
        this.folder = folder;
        this.poison = poison;
        this.number = number;
        this.position = journal.end();
        var header = new FileHeader(
                FileHeader.STATE, number, position, journal.incarnation(), Spares.salt(), folder.identity());
        this.file = JournalFile.create(folder.disk(), FileNames.state(number), header);
    }

    /** Appends a piece of the state. The batch may be cleared and used again. */
    public void write(Batch batch) throws IOException {
        requireUnended();
        poison.guard(() -> {
            file.file()
                    .write(
                            batch.at(
                                    offset - FileHeader.DATA_START,
                                    file.header().salt()),
                            offset);
            offset += batch.bytes();
            if (offset - forced >= SYNCED_AT_ONCE_BYTES) {
                file.file().force();
                forced = offset;
            }
        });
    }

    /** Makes the state durable and have it replace what it stands for. */
    public void finish() throws IOException {
        requireUnended();
        ended = true;
        poison.guard(() -> {
            long length = offset - FileHeader.DATA_START;
            var end = new Mark(length, length, journal.incarnation());
            file.file().write(new Batch().after(Frames.END, end, file.header().salt()), offset);
            file.finish();
            file.close();
            Leftovers.deleteReplaced(folder.disk(), number);
        });
        journal.replaced(new State(number, position, offset + Frames.MARK_BYTES - FileHeader.DATA_START));
    }

    /** Gives up: the journal stays as it was. */
    public void abandon() throws IOException {
        requireUnended();
        ended = true;
        poison.guard(() -> {
            file.close();
            folder.disk().delete(file.name() + FileNames.UNFINISHED);
        });
        journal.kept();
    }

    /** Leaves the file for the next opening to delete. */
    void drop() throws IOException {
        ended = true;
        file.close();
    }

    private void requireUnended() {
        if (ended) {
            throw new IllegalStateException("the compaction has ended");
        }
    }
}
