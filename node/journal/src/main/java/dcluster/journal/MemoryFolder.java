package dcluster.journal;

import dcluster.journal.MemoryDisk.Survivors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** The names of the files of a {@link MemoryDisk}: as its process sees them, and as they are durable. */
final class MemoryFolder {
    /** What a name stands for that is no more. */
    static final SectorFile NOTHING = new SectorFile(MemoryDisk.SECTOR_BYTES);

    /** What is not durable yet: what some names stand for from now on. */
    private record Change(Map<String, SectorFile> after) {}

    private final TreeMap<String, SectorFile> seen = new TreeMap<>();
    private final TreeMap<String, SectorFile> durable = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    List<String> names() {
        return List.copyOf(seen.keySet());
    }

    boolean has(String name) {
        return seen.containsKey(name);
    }

    SectorFile content(String name) {
        var content = seen.get(name);
        if (content == null) {
            throw new IllegalStateException("no file " + name);
        }
        return content;
    }

    Collection<SectorFile> contents() {
        return new ArrayList<>(seen.values());
    }

    /** Of all files together. */
    long bytes() {
        return seen.values().stream().mapToLong(SectorFile::size).sum();
    }

    void forEach(BiConsumer<String, SectorFile> what) {
        seen.forEach(what);
    }

    void forEachDurable(BiConsumer<String, SectorFile> what) {
        durable.forEach(what);
    }

    void change(Map<String, SectorFile> after) {
        changes.add(new Change(after));
        after.forEach((name, content) -> put(seen, name, content));
    }

    /** The file of that name, made if there is none; the name is durable. */
    SectorFile durably(String name, int sectorBytes) {
        var content = seen.computeIfAbsent(name, n -> new SectorFile(sectorBytes));
        durable.put(name, content);
        return content;
    }

    /** Durably. */
    void remove(String name) {
        seen.remove(name);
        durable.remove(name);
    }

    void sync() {
        changes.clear();
        durable.clear();
        durable.putAll(seen);
    }

    /** A change that builds on a lost one, of the same name, is lost, too. */
    void losePower(Survivors survivors, RandomGenerator random) {
        var lost = new TreeSet<String>();
        for (var change : changes) {
            var touched = change.after().keySet();
            if (survivors.next(random) && touched.stream().noneMatch(lost::contains)) {
                change.after().forEach((name, content) -> put(durable, name, content));
            } else {
                lost.addAll(touched);
            }
        }
        changes.clear();
        seen.clear();
        seen.putAll(durable);
    }

    private static void put(Map<String, SectorFile> folder, String name, SectorFile content) {
        if (content == NOTHING) {
            folder.remove(name);
        } else {
            folder.put(name, content);
        }
    }
}
