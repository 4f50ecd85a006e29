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
    /** The same client did the second after the first. */
    PROCESS,
    /** The first had ended when the second was invoked. */
    REALTIME;

    /** The word for it in the literature. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
