package dcluster.twophase;

/** What a transaction does that meets the lock of another one. */
enum Locking {
    /** It waits if it is older, and is aborted if it is younger: no circle of waiting can close (Rosenkrantz and others 1978). */
    WAIT_DIE,

    /** It is aborted. */
    NO_WAIT,

    /** It waits, and is aborted if that takes too long: a circle of waiting is not noticed, but ends. */
    TIMEOUT
}
