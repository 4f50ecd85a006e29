package dcluster.app.bench;

import java.util.Locale;

/** What happens to a leader while a client writes. */
enum Strike {
    /** Nothing: what a client waits for at most when all is well. */
    NONE,
    /** It hands its leadership over to another node, as an operator has ordered. */
    TRANSFER,
    /** It is killed as by kill -9. */
    CRASH;

    /** As tables show it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
