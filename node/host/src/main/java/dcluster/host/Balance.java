package dcluster.host;

/** How a coordinator chooses the node that is asked first. */
public enum Balance {
    /** The node that redirects name as the leader; in turn while none is known. */
    LEADER,
    /** Each node in turn. */
    ROUND_ROBIN,
    /** The node with the fewest commands that wait for its answer. */
    LEAST_OUTSTANDING
}
