package dcluster.simulation;

import java.util.List;

/** Which member a fault strikes; a role is looked up when the fault begins. */
public enum Target {
    /** The node that leads, as it says itself; of several one that is drawn; if there is none, any. */
    LEADER,
    /** One that does not lead; if there is none, any. */
    FOLLOWER,
    ANY,
    /** The coordinator, where it runs the algorithm; if there is none that does, any. */
    COORDINATOR;

    /** What faults of a cluster are drawn from: with a coordinator that runs the algorithm all, else all but that. */
    public static List<Target> among(boolean hasCoordinator) {
        return hasCoordinator ? List.of(values()) : List.of(LEADER, FOLLOWER, ANY);
    }
}
