package dcluster.twophase;

/**
 * What a coordinator that has no record of a transaction may conclude, and so what has to be forced and acknowledged
 * (Mohan, Lindsay and Obermarck 1986).
 */
enum Protocol {
    /** Nothing but that it was never committed: both decisions are forced and acknowledged. */
    BASIC,

    /** It was aborted: an abort is neither forced nor acknowledged. */
    PRESUMED_ABORT,

    /** It was committed: participants are recorded before they prepare, and a commit is not acknowledged. */
    PRESUMED_COMMIT;

    /** Whether participants are recorded before any of them prepares. */
    boolean collects() {
        return this == PRESUMED_COMMIT;
    }

    /** Whether a decision is recorded; if not, it is what the records that there are already say. */
    boolean records(boolean commits) {
        return commits || this == BASIC;
    }

    /** Whether the coordinator remembers a decision until all that must learn it have acknowledged it. */
    boolean isAcknowledged(boolean commits) {
        return this == BASIC || commits == (this == PRESUMED_ABORT);
    }

    /** How a transaction ended of which its coordinator has no record: whether it was committed. */
    boolean presumption() {
        return this == PRESUMED_COMMIT;
    }
}
