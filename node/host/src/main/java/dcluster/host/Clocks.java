package dcluster.host;

import java.time.Instant;

/** The two clocks of a node, apart so that faults can bend each: offset, drift, jump, freeze. */
public interface Clocks {
    /** The real ones. */
    Clocks SYSTEM = new Clocks() {
        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public long wallNanos() {
            var now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }
    };

    /** Nanoseconds since some fixed moment; never goes back. Timers and deadlines run on it. */
    long nowNanos();

    /** Nanoseconds since 1970, as far as this machine knows. */
    long wallNanos();
}
