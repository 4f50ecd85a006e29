package dcluster.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The files of one flat folder, as a journal needs them: the seam at which disk faults are injected.
 * {@link FolderDisk} is the real one.
 *
 * <p>What a crash of the machine keeps: of a file's content, what {@link DiskFile#force} covered, and of what was
 * written since any part or nothing, in any order; of the folder's entries, what {@link #sync} covered, and of later
 * creations, renames and deletions any part or nothing. A crash of the process alone loses nothing.
 *
 * <p>Two threads of a journal use it at the same time, on different files.
 */
public interface Disk {
    /** Where it is, as messages for people name it. */
    String folder();

    /** The names of all files, sorted. */
    List<String> list() throws IOException;

    /** Opens an existing file to read and write. */
    DiskFile open(String name) throws IOException;

    /** Creates a file, or empties an existing one, to read and write. */
    DiskFile create(String name) throws IOException;

    void delete(String name) throws IOException;

    /** Gives a file another name, in one step; a file that had that name is gone. */
    void rename(String from, String to) throws IOException;

    /** Makes creations, renames and deletions durable. */
    void sync() throws IOException;

    /**
     * Claims the folder for this process until the result is closed or the process ends, however it ends.
     *
     * @throws RefusedFolderException if another holds it, naming that one, or if the folder cannot be written
     */
    Closeable lock() throws IOException;
}
