package dcluster.config;

/**
 * Where a coordinator sends a command, if the algorithm {@linkplain AlgorithmChoice#hasCoordinator has no role of its own}
 * for it.
 */
public enum Balance {
    /** To the leader, as far as it is known. */
    LEADER,
    /** To one node after the other. */
    ROUND_ROBIN,
    /** To the node with the fewest unanswered commands. */
    LEAST_OUTSTANDING
}
