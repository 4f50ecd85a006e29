package dcluster.abd;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import java.time.Duration;

/**
 * Options of {@code abd}.
 *
 * @param resendAfter whoever has not answered for so long is asked again; at least a millisecond
 * @param patience how long a majority may be silent until clients are told so, as long as {@code resendAfter} at least
 * @param compactAbove the journal is not compacted below this size; above it, once it is twice as large as the state
 */
record AbdConfig(
        @Default("200ms") Duration resendAfter,
        @Default("2s") Duration patience,
        @Default("64MiB") ByteSize compactAbove) {
    private static final long LEAST_BYTES = 4 << 10;

    AbdConfig {
        if (resendAfter.toMillis() < 1) {
            throw new IllegalArgumentException("resend-after is at least 1ms");
        }
        if (patience.compareTo(resendAfter) < 0) {
            throw new IllegalArgumentException("patience is at least resend-after");
        }
        if (compactAbove.bytes() < LEAST_BYTES) {
            throw new IllegalArgumentException("compact-above is at least 4KiB");
        }
    }
}
