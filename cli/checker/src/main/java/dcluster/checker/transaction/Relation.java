package dcluster.checker.transaction;

import java.util.Locale;

/** Why one transaction comes before another. */
enum Relation {
    /** The second wrote the version of a key that comes after the first one's. */
    WW,
    /** The second read what the first wrote. */
    WR,
    /** The second overwrote what the first had read. */
    RW,
    /** The second wrote what the same client had written before, and the first still read that. */
    RW_PROCESS,
    /** The second wrote a key when the writer of what the first read of it had ended. */
    RW_REALTIME,
    /** The same client did the second after the first. */
    PROCESS,
    /** The first had ended when the second was invoked. */
    REALTIME;

    /** The word for it in the literature. */
    String word() {
        return isAntiDependency() ? "rw" : name().toLowerCase(Locale.ROOT);
    }

    /** Whether the second overwrote what the first read, for whatever reason that is known. */
    boolean isAntiDependency() {
        return this == RW || this == RW_PROCESS || this == RW_REALTIME;
    }
}
