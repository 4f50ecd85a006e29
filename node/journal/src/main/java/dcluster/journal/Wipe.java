package dcluster.journal;

import java.io.IOException;

/** Gives up what a folder holds, so that its node begins again as a wiped one, if its {@link Witness} says that it is. */
public final class Wipe {
    private Wipe() {}

    /**
     * Has it remembered that the folder's node is wiped, then empties the folder; both is durable when this returns. Cut off
     * anywhere, it leaves the folder whole or such that no journal is opened from what is left, and can be done again.
     *
     * @throws RefusedFolderException if a process uses the folder, if it cannot be written, or if nothing is remembered of it
     */
    public static void of(Disk disk, Witness witness) throws IOException {
        // The witness of a process that uses the folder would not notice.
        var lock = disk.lock();
        try {
            witness.wiped();
            empty(disk);
        } finally {
            lock.close();
        }
    }

    /** Whether a folder holds all that its node ever had: it is not empty, and did not begin empty after a wipe. */
    public static boolean hasSpared(Disk disk) throws IOException {
        return disk.list().contains(FileNames.IDENTITY) && IdentityFile.wipedAfter(disk) == 0;
    }

    private static void empty(Disk disk) throws IOException {
        var names = disk.list();
        if (names.contains(FileNames.IDENTITY)) {
            disk.delete(FileNames.IDENTITY);
        }
        // First, and durably, also if a wipe that was cut off has deleted it: a prefix of a journal that looks whole is
        // worse than none.
        disk.sync();
        for (String name : names) {
            if (!name.equals(FileNames.IDENTITY) && !name.equals(FileNames.LOCK)) {
                disk.delete(name);
            }
        }
        disk.sync();
    }
}
