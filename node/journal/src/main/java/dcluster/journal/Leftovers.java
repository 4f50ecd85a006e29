package dcluster.journal;

import java.io.IOException;

/** Files that count no more. A crash may leave any of them behind. */
final class Leftovers {
    private Leftovers() {}

    /** Deletes what the state with this number replaced; that state must be durable under its name. */
    static void deleteReplaced(Disk disk, long number) throws IOException {
        for (String name : disk.list()) {
            if (isBelow(number, FileNames.SEGMENT, name) || isBelow(number, FileNames.STATE, name)) {
                disk.delete(name);
            }
        }
    }

    /** Deletes what was never finished; nobody must be making a file. */
    static void deleteUnfinished(Disk disk) throws IOException {
        for (String name : disk.list()) {
            if (FileNames.isUnfinished(name)) {
                disk.delete(name);
            }
        }
    }

    private static boolean isBelow(long number, String prefix, String name) {
        var found = FileNames.number(prefix, name);
        return found.isPresent() && found.getAsLong() < number;
    }
}
