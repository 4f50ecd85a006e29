package dcluster.journal;

import dcluster.journal.MemoryDisk.Survivors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/** What a file of a {@link MemoryDisk} holds: for its process, and durably, sector by sector. */
final class SectorFile {
    private final int sectorBytes;
    private byte[] seen = new byte[0];
    private byte[] durable = new byte[0];
    private final BitSet dirty = new BitSet();

    SectorFile(int sectorBytes) {
        this.sectorBytes = sectorBytes;
    }

    int size() {
        return seen.length;
    }

    byte[] bytes() {
        return seen.clone();
    }

    byte[] durableBytes() {
        return durable.clone();
    }

    /** Replaces all, durably. */
    void set(byte[] bytes) {
        seen = bytes.clone();
        durable = bytes.clone();
        dirty.clear();
    }

    int read(ByteBuffer target, long offset) {
        int count = (int) Math.max(0, Math.min(target.remaining(), seen.length - offset));
        if (count > 0) {
            target.put(seen, (int) offset, count);
        }
        return count;
    }

    void write(ByteBuffer source, long offset) {
        int from = (int) offset;
        int length = source.remaining();
        if (length == 0) {
            return;
        }
        if (from + length > seen.length) {
            seen = Arrays.copyOf(seen, from + length);
        }
        source.get(seen, from, length);
        dirty.set(from / sectorBytes, (from + length - 1) / sectorBytes + 1);
    }

    void force() {
        if (durable.length != seen.length) {
            durable = Arrays.copyOf(durable, seen.length);
        }
        dirty.stream().forEach(sector -> copySector(seen, durable, sector));
        dirty.clear();
    }

    /** As in Linux after a failed sync, what it should have written counts as clean. */
    void failForce() {
        dirty.clear();
    }

    void losePower(Survivors survivors, RandomGenerator random) {
        int length = survivors.next(random) ? seen.length : durable.length;
        var survived = new BitSet();
        for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
            if (survivors.next(random)) {
                survived.set(sector);
            }
        }
        length = Math.max(length, Math.min(seen.length, survived.length() * sectorBytes));
        var result = Arrays.copyOf(durable, length);
        survived.stream().forEach(sector -> copySector(seen, result, sector));
        set(result);
    }

    private void copySector(byte[] from, byte[] to, int sector) {
        int start = sector * sectorBytes;
        int end = Math.min(Math.min(from.length, to.length), start + sectorBytes);
        if (start < end) {
            System.arraycopy(from, start, to, start, end - start);
        }
    }
}
