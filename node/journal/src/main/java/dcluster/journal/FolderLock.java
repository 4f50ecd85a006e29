package dcluster.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder claimed by this process: a lock that the kernel holds on a file and lets go when the process ends, however
 * it ends. The process id in the file is for messages alone.
 */
final class FolderLock implements Closeable {
    /**
     * The folders that this process holds: a fact of the process, so a static. The kernel would not tell, and worse: to
     * close any channel to a locked file gives up the lock that another channel of the same process has on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Locks a folder, given by its real path. */
    static FolderLock take(Path folder) throws IOException {
        if (!HELD.add(folder)) {
            throw inUse("this process (pid " + ProcessHandle.current().pid() + ")", folder);
        }
        boolean taken = false;
        try {
            var lock = new FolderLock(folder, open(folder));
            lock.acquire();
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(folder);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD.remove(folder);
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        try {
            return FileChannel.open(
                    folder.resolve(FileNames.LOCK),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE);
        } catch (IOException e) {
            throw new RefusedFolderException(
                    "folder " + folder + " cannot be written: " + FolderDisk.reason(e)
                            + ". Make it writable for this user, or give the node another folder",
                    e);
        }
    }

    private void acquire() throws IOException {
        boolean acquired = false;
        try {
            if (channel.tryLock() == null) {
                throw inUse("another process (pid " + holder() + ")", folder);
            }
            // Always as long, so that it overwrites what is there: on a full disk there is no room for anything new.
            String pid = String.format("%-20d%n", ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            acquired = true;
        } finally {
            if (!acquired) {
                channel.close();
            }
        }
    }

    private String holder() throws IOException {
        var bytes = ByteBuffer.allocate(32);
        int length = Math.max(0, channel.read(bytes, 0));
        String pid = new String(bytes.array(), 0, length, StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    private static RefusedFolderException inUse(String who, Path folder) {
        return new RefusedFolderException(who + " uses folder " + folder
                + ". Stop it first, or give this node a folder of its own: two on one folder would destroy it");
    }
}
