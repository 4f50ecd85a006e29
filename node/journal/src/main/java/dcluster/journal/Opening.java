package dcluster.journal;

import dcluster.codec.ByteReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The steps from a folder to an open journal. Each leaves the folder such that a crash may follow:
 *
 * <ol>
 *   <li>lock the folder; refuse another's. In a new one, if it may be new or its node was wiped, make the first segment,
 *       then the identity file, which says so for good: where that is, a missing segment is damage, never a new
 *       beginning;
 *   <li>replay, which changes nothing; refuse a folder that was opened less often, or ends earlier, than is remembered
 *       elsewhere. Neither must grow by that, or the folder would be taken at some later attempt;
 *   <li>write again and sync what was replayed but is not known to be durable; then erase what lies behind the end,
 *       and sync that, too: else new frames could be followed by old ones;
 *   <li>sync the folder, since a rename that was seen may not be durable either; only then delete what it made
 *       superfluous;
 *   <li>write a mark with the new incarnation, and sync it; only then have it remembered elsewhere.
 * </ol>
 */
final class Opening {
    private final Disk disk;
    private final Identity identity;
    private final JournalOptions options;
    private final Consumer<ByteReader> consumer;

    Opening(Disk disk, Identity identity, JournalOptions options, Consumer<ByteReader> consumer) {
        this.disk = disk;
        this.identity = identity;
        this.options = options;
        this.consumer = consumer;
    }

    Journal open() throws IOException {
        var lock = disk.lock();
        var replay = new Replay(disk, identity.hash(), consumer);
        boolean opened = false;
        try {
            var past = options.witness().past();
            replay.beginAfter(claimFolder(past));
            replay.run();
            require(past, replay);
            repair(replay);
            var journal = journal(replay, lock);
            journal.begin();
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                release(replay, lock);
            }
        }
    }

    /** Returns the last incarnation before the node was wiped, from which this folder's count on; 0 if it never was. */
    private long claimFolder(Past past) throws IOException {
        var file = new IdentityFile(disk, identity);
        var names = disk.list();
        if (names.contains(FileNames.IDENTITY)) {
            return file.verify();
        }
        boolean isWiped = past.incarnation() > 0 && options.witness().isWiped();
        requireEmpty(names, isWiped);
        if (!isWiped && !past.isWithin(Past.NONE)) {
            throw new AmnesiaException(disk.folder(), Past.NONE, past, Optional.empty());
        }
        long wipedAfter = isWiped ? past.incarnation() : 0;
        Spares.first(disk, identity.hash(), options);
        disk.sync();
        file.write(wipedAfter);
        return wipedAfter;
    }

    private void requireEmpty(List<String> names, boolean isWiped) throws IOException {
        for (String name : names) {
            boolean segment = FileNames.number(FileNames.SEGMENT, name).isPresent();
            boolean state = FileNames.number(FileNames.STATE, name).isPresent();
            if (state || (segment && (!name.equals(FileNames.segment(1)) || holdsData(name)))) {
                throw isWiped
                        ? new RefusedFolderException("folder " + disk.folder() + " was not wiped to the end: " + name
                                + " is still there. Wipe it again, or empty it by hand")
                        : new DamagedJournalException(
                                disk.folder() + "/" + FileNames.IDENTITY, 0, "this file is missing beside " + name);
            }
        }
    }

    /** A folder that began after all that is remembered, since its node was wiped then, owes nothing of that. */
    private void require(Past past, Replay replay) throws AmnesiaException {
        boolean isOwed = past.incarnation() > replay.wipedAfter();
        if (isOwed && !past.isWithin(replay.reached())) {
            throw new AmnesiaException(
                    disk.folder(), replay.reached(), past, replay.recovery().cut());
        }
    }

    private boolean holdsData(String segment) throws IOException {
        var anyHeader = new FileHeader(FileHeader.SEGMENT, 1, 0, 0, 0, 0);
        try (var file = new JournalFile(disk, segment, disk.open(segment), anyHeader)) {
            return TailScan.of(file, FileHeader.DATA_START).bytes() > 0;
        }
    }

    private void repair(Replay replay) throws IOException {
        replay.rewriteUnvouched();
        for (var tail : replay.tails()) {
            tail.erase();
        }
        disk.sync();
        Leftovers.deleteReplaced(disk, replay.state().number());
        Leftovers.deleteUnfinished(disk);
    }

    private Journal journal(Replay replay, Closeable lock) throws IOException {
        var unused = replay.unused();
        var newest = unused.isEmpty() ? replay.last() : unused.get(unused.size() - 1);
        var folder = new Folder(disk, identity.hash(), options, lock, new Poison());
        var spares = new Spares(folder, unused, newest);
        var segment = new Segment(replay.last(), replay.lastBase(), replay.end());
        return new Journal(folder, spares, segment, replay);
    }

    private static void release(Closeable replay, Closeable lock) throws IOException {
        try {
            replay.close();
        } finally {
            lock.close();
        }
    }
}
