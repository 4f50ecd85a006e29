package dcluster.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that forgets like a real one. Each file has a content that its process sees and one that is
 * durable; when the machine loses power, each sector written since the last sync is kept or lost on its own, and so
 * is each change of the folder, unless it builds on one that is lost. Operations are counted, and the machine can be
 * switched off before any.
 */
final class MemoryDisk implements Disk {
    static final int SECTOR_BYTES = 512;

    /** What of the unsynced survives a loss of power. */
    enum Survivors {
        NOTHING,
        EVERYTHING,
        ANY
    }

    /** The machine is off. */
    static final class PowerLoss extends IOException {
        PowerLoss() {
            super("the machine is off");
        }
    }

    private static final class Content {
        private byte[] seen = new byte[0];
        private byte[] durable = new byte[0];
        private final BitSet dirty = new BitSet();
    }

    /** A change of the folder that is not durable yet: what some names stand for from now on. */
    private record Change(Map<String, Content> after) {}

    private static final Content NOTHING = new Content();

    private final TreeMap<String, Content> names = new TreeMap<>();
    private final TreeMap<String, Content> durableNames = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long operations;
    private long offAt = Long.MAX_VALUE;
    private long capacityBytes = Long.MAX_VALUE;
    private volatile Consumer<String> beforeForce = name -> {};
    private int failingWrites;
    private int failingForces;
    private boolean locked;
    private int process;

    @Override
    public String folder() {
        return "/memory";
    }

    // What tests do to it.

    /** How many operations were attempted so far. */
    synchronized long operations() {
        return operations;
    }

    /** The machine goes off before the operation with this number, counted from 1. */
    synchronized void offAt(long operation) {
        offAt = operation;
    }

    /** The next write fails, after half of it reached the page cache. */
    synchronized void failNextWrite() {
        failingWrites++;
    }

    /** The next sync of a file fails, and as in Linux what it should have written counts as clean from then on. */
    synchronized void failNextForce() {
        failingForces++;
    }

    /** No write may make all files together larger than this. */
    synchronized void capacity(long bytes) {
        capacityBytes = bytes;
    }

    /** Called with a file's first name before each of its syncs, on the thread that syncs, and may hold it up. */
    void beforeForce(Consumer<String> hook) {
        beforeForce = hook;
    }

    /** The process dies: its files are closed and its lock is gone, the page cache stays. */
    synchronized void kill() {
        process++;
        locked = false;
        offAt = Long.MAX_VALUE;
    }

    /** The machine loses power and comes back. */
    synchronized void losePower(Survivors survivors, RandomGenerator random) {
        kill();
        loseChanges(survivors, random);
        var all = new ArrayList<>(names.values());
        all.forEach(content -> loseSectors(content, survivors, random));
    }

    synchronized byte[] bytes(String name) {
        return content(name).seen.clone();
    }

    /** Replaces what a file holds, durably. */
    synchronized void set(String name, byte[] bytes) {
        var content = names.computeIfAbsent(name, n -> new Content());
        content.seen = bytes.clone();
        content.durable = bytes.clone();
        content.dirty.clear();
        durableNames.put(name, content);
    }

    /** Removes a file durably. */
    synchronized void remove(String name) {
        names.remove(name);
        durableNames.remove(name);
    }

    /** The names of all files. */
    synchronized List<String> names() {
        return List.copyOf(names.keySet());
    }

    /** An independent disk with the same files, all durable. */
    synchronized MemoryDisk copy() {
        var copy = new MemoryDisk();
        names.forEach((name, content) -> copy.set(name, content.seen));
        return copy;
    }

    /** An independent disk with what is durable here. */
    synchronized MemoryDisk durableCopy() {
        var copy = new MemoryDisk();
        durableNames.forEach((name, content) -> copy.set(name, content.durable));
        return copy;
    }

    // What a journal does with it.

    @Override
    public synchronized List<String> list() throws IOException {
        operate();
        return List.copyOf(names.keySet());
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        operate();
        if (!names.containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        return new Open(name, content(name), process);
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        operate();
        var created = new Content();
        change(Map.of(name, created));
        return new Open(name, created, process);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        operate();
        change(Map.of(name, NOTHING));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        operate();
        change(Map.of(from, NOTHING, to, content(from)));
    }

    @Override
    public synchronized void sync() throws IOException {
        operate();
        changes.clear();
        durableNames.clear();
        durableNames.putAll(names);
    }

    @Override
    public synchronized Closeable lock() throws IOException {
        operate();
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

    private Content content(String name) {
        var content = names.get(name);
        if (content == null) {
            throw new IllegalStateException("no file " + name);
        }
        return content;
    }

    private void change(Map<String, Content> after) {
        changes.add(new Change(after));
        after.forEach((name, content) -> put(names, name, content));
    }

    private static void put(Map<String, Content> folder, String name, Content content) {
        if (content == NOTHING) {
            folder.remove(name);
        } else {
            folder.put(name, content);
        }
    }

    private void operate() throws IOException {
        operations++;
        if (operations >= offAt) {
            throw new PowerLoss();
        }
    }

    /** A change that builds on a lost one, of the same name, is lost, too. */
    private void loseChanges(Survivors survivors, RandomGenerator random) {
        var lost = new TreeSet<String>();
        for (var change : changes) {
            var touched = change.after().keySet();
            if (survives(survivors, random) && touched.stream().noneMatch(lost::contains)) {
                change.after().forEach((name, content) -> put(durableNames, name, content));
            } else {
                lost.addAll(touched);
            }
        }
        changes.clear();
        names.clear();
        names.putAll(durableNames);
    }

    private static void loseSectors(Content content, Survivors survivors, RandomGenerator random) {
        int length = survives(survivors, random) ? content.seen.length : content.durable.length;
        var survived = new BitSet();
        for (int sector = content.dirty.nextSetBit(0); sector >= 0; sector = content.dirty.nextSetBit(sector + 1)) {
            if (survives(survivors, random)) {
                survived.set(sector);
            }
        }
        length = Math.max(length, Math.min(content.seen.length, survived.length() * SECTOR_BYTES));
        var result = Arrays.copyOf(content.durable, length);
        survived.stream().forEach(sector -> copySector(content.seen, result, sector));
        content.seen = result;
        content.durable = result.clone();
        content.dirty.clear();
    }

    private static void copySector(byte[] from, byte[] to, int sector) {
        int start = sector * SECTOR_BYTES;
        int end = Math.min(Math.min(from.length, to.length), start + SECTOR_BYTES);
        if (start < end) {
            System.arraycopy(from, start, to, start, end - start);
        }
    }

    private static boolean survives(Survivors survivors, RandomGenerator random) {
        return switch (survivors) {
            case NOTHING -> false;
            case EVERYTHING -> true;
            case ANY -> random.nextBoolean();
        };
    }

    private long usedBytes() {
        return names.values().stream().mapToLong(content -> content.seen.length).sum();
    }

    private final class Open implements DiskFile {
        private final String name;
        private final Content content;
        private final int owner;
        private boolean closed;

        Open(String name, Content content, int owner) {
            this.name = name;
            this.content = content;
            this.owner = owner;
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            synchronized (MemoryDisk.this) {
                use();
                int count = (int) Math.max(0, Math.min(target.remaining(), content.seen.length - offset));
                if (count > 0) {
                    target.put(content.seen, (int) offset, count);
                }
                return count;
            }
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            synchronized (MemoryDisk.this) {
                use();
                int length = source.remaining();
                if (usedBytes() + Math.max(0, offset + length - content.seen.length) > capacityBytes) {
                    throw new IOException("No space left on device");
                }
                if (failingWrites > 0) {
                    failingWrites--;
                    put(source.slice(source.position(), length / 2), offset);
                    throw new IOException("Input/output error");
                }
                put(source, offset);
            }
        }

        private void put(ByteBuffer source, long offset) {
            int from = (int) offset;
            int length = source.remaining();
            if (length == 0) {
                return;
            }
            if (from + length > content.seen.length) {
                content.seen = Arrays.copyOf(content.seen, from + length);
            }
            source.get(content.seen, from, length);
            content.dirty.set(from / SECTOR_BYTES, (from + length - 1) / SECTOR_BYTES + 1);
        }

        @Override
        public void force() throws IOException {
            beforeForce.accept(name);
            synchronized (MemoryDisk.this) {
                use();
                if (failingForces > 0) {
                    failingForces--;
                    content.dirty.clear();
                    throw new IOException("Input/output error");
                }
                var durable = Arrays.copyOf(content.durable, content.seen.length);
                content.dirty.stream().forEach(sector -> copySector(content.seen, durable, sector));
                content.durable = durable;
                content.dirty.clear();
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (MemoryDisk.this) {
                use();
                return content.seen.length;
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void use() throws IOException {
            if (closed || owner != process) {
                throw new IOException("the file is closed");
            }
            operate();
        }
    }
}
