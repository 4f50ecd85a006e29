package dcluster.twophase;

/** Whom a participant asks that is in doubt (Bernstein, Hadzilacos and Goodman 1987, section 7.4). */
enum Termination {
    /** The coordinator. */
    COORDINATOR,

    /** The other participants as well. */
    COOPERATIVE
}
