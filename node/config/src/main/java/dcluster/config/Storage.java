package dcluster.config;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;

/**
 * {@code storage:}, how each node keeps its journal.
 *
 * @param sync when it is forced to the disk; by default always
 * @param segment the size of one of its files, from 8KiB to 1GiB; by default 32MiB
 */
public record Storage(
        @Default("always") Sync sync, @Default("32MiB") ByteSize segment) {
    public Storage {
        if (segment.bytes() < 8 << 10 || segment.bytes() > 1 << 30) {
            throw new IllegalArgumentException("segment is from 8KiB to 1GiB");
        }
    }

    /** What counts where the file says nothing. */
    public static Storage defaults() {
        return Forms.defaults(Storage.class);
    }
}
