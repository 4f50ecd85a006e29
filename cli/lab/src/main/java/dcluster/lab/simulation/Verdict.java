package dcluster.lab.simulation;

/** What follows from a campaign; the worse is first. */
public enum Verdict {
    /** Something happened that must never happen. */
    VIOLATION,
    /** Too many of its seeds are void, or something that it was to meet never happened. */
    INCONCLUSIVE,
    /** A history was too hard to judge. */
    UNKNOWN,
    /** Nothing was found. */
    CLEAN
}
