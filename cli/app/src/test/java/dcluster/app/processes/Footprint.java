package dcluster.app.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a node takes of the machine.
 *
 * @param diskBytes of all files in its folder
 * @param residentBytes of memory, as the system counts them
 * @param descriptors files and sockets that it has open
 */
record Footprint(long diskBytes, long residentBytes, long descriptors, long threads) {
    static final Footprint NONE = new Footprint(0, 0, 0, 0);

    private static final long PAGE_BYTES = 4096;
    private static final int RESIDENT = 1;

    /** As it is now. */
    static Footprint of(TestNode node) {
        var process = Path.of("/proc", "" + node.pid());
        return new Footprint(
                bytesIn(node.data()), resident(process), count(process.resolve("fd")), count(process.resolve("task")));
    }

    /** The greater of each figure. */
    Footprint max(Footprint other) {
        return new Footprint(
                Math.max(diskBytes, other.diskBytes),
                Math.max(residentBytes, other.residentBytes),
                Math.max(descriptors, other.descriptors),
                Math.max(threads, other.threads));
    }

    private static long bytesIn(Path folder) {
        // Not walked: what is deleted while a walk looks at it ends the walk.
        try (var files = Files.list(folder)) {
            return files.mapToLong(Footprint::size).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            // A segment that was deleted since it was listed.
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long resident(Path process) {
        try {
            return PAGE_BYTES
                    * Long.parseLong(Files.readString(process.resolve("statm")).split(" ", 3)[RESIDENT]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
