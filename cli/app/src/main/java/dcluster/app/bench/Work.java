package dcluster.app.bench;

import java.util.Locale;

/** What clients of a benchmark of transactions do, one after the other. */
public enum Work {
    /** Writes of a key of their own. */
    SINGLE_KEY,
    /** Transactions that write two keys of their own, both of one shard. */
    ONE_SHARD,
    /** Transactions that write two keys of their own, of two shards. */
    TWO_SHARDS,
    /** Transactions that write two of three keys that all share, in either order. */
    CONTENDED;

    boolean isOwn() {
        return this != CONTENDED;
    }

    /** As the command line spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
