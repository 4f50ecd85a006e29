package dcluster.simulation;

/** Which node a fault strikes; a role is looked up when the fault begins. */
public enum Target {
    /** The node that leads, as it says itself; of several one that is drawn; if there is none, any. */
    LEADER,
    /** One that does not lead; if there is none, any. */
    FOLLOWER,
    ANY
}
