package dcluster.lab.crashes;

/** Whose life a point is one of. */
public enum Victim {
    COORDINATOR,
    /** The participant that comes first in the order of nodes. */
    FIRST,
    /** The other participant. */
    SECOND,
    /** The node that the client asked, which is no participant. */
    ASKED
}
