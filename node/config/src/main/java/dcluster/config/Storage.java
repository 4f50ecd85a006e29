package dcluster.config;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;

/**
 * {@code storage:}, what each node keeps and how it keeps its journal.
 *
 * @param sync when it is forced to the disk; by default always
 * @param segment the size of one of its files, from 8KiB to 1GiB; by default 32MiB
 * @param capacity the most memory that the clients' data may take, with the objects around it (about 170 bytes a key),
 *     from 1MiB to 8GiB; what could exceed it is refused. By default 128MiB
 */
public record Storage(
        @Default("always") Sync sync,
        @Default("32MiB") ByteSize segment,
        @Default("128MiB") ByteSize capacity) {
    public Storage {
        if (segment.bytes() < 8 << 10 || segment.bytes() > 1 << 30) {
            throw new IllegalArgumentException("segment is from 8KiB to 1GiB");
        }
        if (capacity.bytes() < 1 << 20 || capacity.bytes() > 8L << 30) {
            throw new IllegalArgumentException("capacity is from 1MiB to 8GiB");
        }
    }

    /** What counts where the file says nothing. */
    public static Storage defaults() {
        return Forms.defaults(Storage.class);
    }
}
