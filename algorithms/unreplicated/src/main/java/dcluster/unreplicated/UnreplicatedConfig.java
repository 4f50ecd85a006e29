package dcluster.unreplicated;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import dcluster.toolkit.SessionBound;

/**
 * Options of {@code none}.
 *
 * @param compactAbove the journal is not compacted below this size; above it, once it is twice as large as the state
 * @param sessions how many sessions of clients are remembered, as {@link SessionBound} says; the same as long as there is
 *     data
 */
record UnreplicatedConfig(
        @Default("64MiB") ByteSize compactAbove,
        @Default(SessionBound.USUAL) int sessions) {
    private static final long LEAST_BYTES = 4 << 10;

    UnreplicatedConfig {
        // The journal of an empty store is a few dozen bytes: below that it would be compacted for ever.
        if (compactAbove.bytes() < LEAST_BYTES) {
            throw new IllegalArgumentException("compact-above is at least 4KiB");
        }
        SessionBound.check(sessions);
    }
}
