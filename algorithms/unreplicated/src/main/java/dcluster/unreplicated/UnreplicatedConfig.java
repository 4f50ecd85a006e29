package dcluster.unreplicated;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;

/**
 * Options of {@code none}.
 *
 * @param compactAbove the journal is not compacted below this size; above it, once it is twice as large as the state
 */
record UnreplicatedConfig(@Default("64MiB") ByteSize compactAbove) {
    private static final long LEAST_BYTES = 4 << 10;

    UnreplicatedConfig {
        // The journal of an empty store is a few dozen bytes: below that it would be compacted for ever.
        if (compactAbove.bytes() < LEAST_BYTES) {
            throw new IllegalArgumentException("compact-above is at least 4KiB");
        }
    }
}
