package dcluster.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * A disk in memory that forgets like a real one. Each file has a content that its process sees and one that is
 * durable; when the machine loses power, each sector written since the last sync is kept or lost on its own, and so
 * is each change of the folder, unless it builds on one that is lost. Operations are counted, and the machine can be
 * switched off before any. For tests and simulations; safe for use by any thread.
 */
public final class MemoryDisk implements Disk {
    /** As most real disks have. */
    public static final int SECTOR_BYTES = 512;

    /** What of the unsynced survives a loss of power. */
    public enum Survivors {
        NOTHING,
        EVERYTHING,
        ANY;

        /** Whether the next piece does. */
        boolean next(RandomGenerator random) {
            return switch (this) {
                case NOTHING -> false;
                case EVERYTHING -> true;
                case ANY -> random.nextBoolean();
            };
        }
    }

    /** The machine is off. */
    public static final class PowerLoss extends IOException {
        PowerLoss() {
            super("the machine is off");
        }
    }

    /** An operation failed as it was asked to. */
    public static final class Failure extends IOException {
        Failure() {
            super("Input/output error");
        }
    }

    private final int sectorBytes;
    private final MemoryFolder folder = new MemoryFolder();
    private long operations;
    private long offAt = Long.MAX_VALUE;
    private long capacityBytes = Long.MAX_VALUE;
    private volatile Consumer<String> beforeForce = name -> {};
    private long failAt = Long.MAX_VALUE;
    private boolean failedRenamesHappen;
    private String failed = "";
    private int failingWrites;
    private int failingForces;
    private boolean lying;
    private long lies;
    private boolean locked;
    private int process;

    public MemoryDisk() {
        this(SECTOR_BYTES);
    }

    /** A disk that writes each sector of that size as a whole or not at all. */
    public MemoryDisk(int sectorBytes) {
        this.sectorBytes = sectorBytes;
    }

    @Override
    public String folder() {
        return "/memory";
    }

    // What a test or a simulation does to it

    /** How many operations were attempted so far. */
    public synchronized long operations() {
        return operations;
    }

    /** The machine goes off before the operation with this number, counted from 1. */
    public synchronized void offAt(long operation) {
        offAt = operation;
    }

    /**
     * The operation with this number, counted from 1, fails, and none after it: half of a write reaches the page cache,
     * and what a sync should have written counts as clean from then on.
     */
    public synchronized void failAt(long operation) {
        failAt = operation;
    }

    /** A rename that fails was done all the same. */
    public synchronized void failedRenamesHappen() {
        failedRenamesHappen = true;
    }

    /** Which operation has failed by {@link #failAt}; empty if none has yet. */
    public synchronized String failed() {
        return failed;
    }

    /** The next write fails, after half of it reached the page cache. */
    public synchronized void failNextWrite() {
        failingWrites++;
    }

    /** The next sync of a file fails, and as in Linux what it should have written counts as clean from then on. */
    public synchronized void failNextForce() {
        failingForces++;
    }

    /** No sync fails any more that was to fail and has not. */
    public synchronized void forcesSucceed() {
        failingForces = 0;
    }

    /** From now on each sync does nothing and says that it has; or that is over. */
    public synchronized void lies(boolean doesLie) {
        lying = doesLie;
    }

    /** How many syncs did nothing and said that they had. */
    public synchronized long lies() {
        return lies;
    }

    /** No write may make all files together larger than this. */
    public synchronized void capacity(long bytes) {
        capacityBytes = bytes;
    }

    /** Called with a file's first name before each of its syncs, on the thread that syncs, and may hold it up. */
    public void beforeForce(Consumer<String> hook) {
        beforeForce = hook;
    }

    /** The process dies: its files are closed and its lock is gone, the page cache stays. */
    public synchronized void kill() {
        process++;
        locked = false;
        offAt = Long.MAX_VALUE;
    }

    /** The machine loses power and comes back. */
    public synchronized void losePower(Survivors survivors, RandomGenerator random) {
        kill();
        folder.losePower(survivors, random);
        folder.contents().forEach(content -> content.losePower(survivors, random));
    }

    public synchronized byte[] bytes(String name) {
        return folder.content(name).bytes();
    }

    /** Replaces what a file holds, durably. */
    public synchronized void set(String name, byte[] bytes) {
        folder.durably(name, sectorBytes).set(bytes);
    }

    /** Removes a file durably. */
    public synchronized void remove(String name) {
        folder.remove(name);
    }

    /** The names of all files. */
    public synchronized List<String> names() {
        return folder.names();
    }

    /** How much all files take together. */
    public synchronized long usedBytes() {
        return folder.bytes();
    }

    /** Of all that it holds, which decides what is read of it. */
    public synchronized String checksum() {
        var crc = new CRC32C();
        for (var name : names()) {
            crc.update(bytes(name));
        }
        return Long.toHexString(crc.getValue());
    }

    /** An independent disk with the same files, all durable. */
    public synchronized MemoryDisk copy() {
        var copy = new MemoryDisk(sectorBytes);
        folder.forEach((name, content) -> copy.set(name, content.bytes()));
        return copy;
    }

    /** An independent disk with what is durable here. */
    public synchronized MemoryDisk durableCopy() {
        var copy = new MemoryDisk(sectorBytes);
        folder.forEachDurable((name, content) -> copy.set(name, content.durableBytes()));
        return copy;
    }

    // What a journal does with it

    @Override
    public synchronized List<String> list() throws IOException {
        operate("list");
        return folder.names();
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        operate("open " + name);
        if (!folder.has(name)) {
            throw new NoSuchFileException(name);
        }
        return new Open(name, folder.content(name), process);
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        operate("create " + name);
        var created = new SectorFile(sectorBytes);
        folder.change(Map.of(name, created));
        return new Open(name, created, process);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        operate("delete " + name);
        folder.change(Map.of(name, MemoryFolder.NOTHING));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        var after = Map.of(from, MemoryFolder.NOTHING, to, folder.content(from));
        try {
            operate("rename " + from);
        } catch (Failure e) {
            folder.change(failedRenamesHappen ? after : Map.of());
            throw e;
        }
        folder.change(after);
    }

    @Override
    public synchronized void sync() throws IOException {
        operate("sync");
        if (!isLie()) {
            folder.sync();
        }
    }

    @Override
    public synchronized Closeable lock() throws IOException {
        operate("lock");
        if (locked) {
            throw new RefusedFolderException("the memory disk is locked");
        }
        locked = true;
        int owner = process;
        return () -> unlock(owner);
    }

    private synchronized void unlock(int owner) {
        if (owner == process) {
            locked = false;
        }
    }

    private boolean isLie() {
        lies += lying ? 1 : 0;
        return lying;
    }

    private void operate(String what) throws IOException {
        operations++;
        if (operations >= offAt) {
            throw new PowerLoss();
        }
        if (operations == failAt) {
            failed = what;
            throw new Failure();
        }
    }

    private final class Open implements DiskFile {
        private final String name;
        private final SectorFile content;
        private final int owner;
        private boolean closed;

        Open(String name, SectorFile content, int owner) {
            this.name = name;
            this.content = content;
            this.owner = owner;
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            synchronized (MemoryDisk.this) {
                use("read");
                return content.read(target, offset);
            }
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            synchronized (MemoryDisk.this) {
                if (!used("write")) {
                    failingWrites++;
                }
                int length = source.remaining();
                if (usedBytes() + Math.max(0, offset + length - content.size()) > capacityBytes) {
                    throw new IOException("No space left on device");
                }
                if (failingWrites > 0) {
                    failingWrites--;
                    content.write(source.slice(source.position(), length / 2), offset);
                    throw new Failure();
                }
                content.write(source, offset);
            }
        }

        @Override
        public void force() throws IOException {
            beforeForce.accept(name);
            synchronized (MemoryDisk.this) {
                if (!used("force")) {
                    failingForces++;
                }
                if (failingForces > 0) {
                    failingForces--;
                    content.failForce();
                    throw new Failure();
                }
                if (!isLie()) {
                    content.force();
                }
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (MemoryDisk.this) {
                use("size");
                return content.size();
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private boolean used(String how) throws IOException {
            try {
                use(how);
                return true;
            } catch (Failure e) {
                return false;
            }
        }

        private void use(String how) throws IOException {
            if (closed || owner != process) {
                throw new IOException("the file is closed");
            }
            operate(how + " " + name);
        }
    }
}
