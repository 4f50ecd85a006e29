package dcluster.journal;

import java.io.IOException;

/**
 * The rewriting of a journal as a state, from {@link Journal#compact} on. Until {@link #finish} returns the old journal
 * counts, whatever happens: a crash leaves a file that the next opening deletes.
 *
 * <p>It may be used by another thread than the journal, one at a time. The file is synced every few mebibytes, so
 * that no sync of the journal has to wait behind a large one of this.
 *
 * <p>Whatever fails on its file abandons it, and the journal goes on: the file is deleted, and a later compaction has a
 * fresh one. That a rename has failed says nothing about which name the file has, but either is right: the state was
 * durable before that, stands for the same as the segments below its number, and the next compaction or opening deletes
 * what is superfluous. A failed sync of the folder, or deletion in it, is a failure of the journal: names of its
 * segments depend on the same.
 */
public final class Compaction {
    static final String NAME = "a compaction";

    private static final long SYNCED_AT_ONCE_BYTES = 4 << 20;

    private final Journal journal;
    private final Folder folder;
    private final long number;
    private final long position;
    private final JournalFile file;
    private long offset = FileHeader.DATA_START;
    private long forced = FileHeader.DATA_START;
    private boolean ended;

    /** Begins at the journal's end, which must be that of a segment; {@code number} is the next one's. */
    Compaction(Journal journal, Folder folder, long number) throws IOException {
        this.journal = journal;
        this.folder = folder;
        this.number = number;
        this.position = journal.end();
        long salt = folder.options().salts().getAsLong();
        var header = new FileHeader(FileHeader.STATE, number, position, journal.incarnation(), salt, folder.identity());
        this.file = JournalFile.create(folder.disk(), FileNames.state(number), header);
    }

    /**
     * Appends a piece of the state. The batch may be cleared and used again.
     *
     * @throws AbandonedException if this failed and has ended by that, but not the journal
     */
    public void write(Batch batch) throws IOException {
        attempt(() -> {
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

    /**
     * Makes the state durable and have it replace what it stands for.
     *
     * @throws AbandonedException if this failed and has ended by that, but not the journal
     */
    public void finish() throws IOException {
        attempt(() -> {
            long length = offset - FileHeader.DATA_START;
            var end = new Mark(length, length, journal.incarnation());
            file.file().write(new Batch().after(Frames.END, end, file.header().salt()), offset);
            file.finish();
        });
        ended = true;
        folder.sync();
        folder.poison().guard(() -> {
            file.close();
            Leftovers.deleteReplaced(folder.disk(), number);
        });
        journal.replaced(new State(number, position, offset + Frames.MARK_BYTES - FileHeader.DATA_START));
    }

    private void attempt(Poison.Step step) throws IOException {
        requireUnended();
        folder.poison().check();
        try {
            step.run();
        } catch (IOException e) {
            ended = true;
            file.deletedAfter(e);
            journal.kept();
            throw folder.abandoned(NAME, e);
        }
    }

    /** Gives up: the journal stays as it was. */
    public void abandon() throws IOException {
        requireUnended();
        ended = true;
        folder.poison().guard(() -> {
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
