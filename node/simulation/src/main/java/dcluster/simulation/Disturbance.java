package dcluster.simulation;

import dcluster.spi.NodeId;

/**
 * What a bad link does to one message.
 *
 * @param at when it is sent, nanoseconds of virtual time
 */
public record Disturbance(NodeId from, NodeId to, long at, Kind kind) {
    /** What can be done to it. */
    public enum Kind {
        LOST,
        REPEATED,
        /** It does not keep its place: later ones may overtake it. */
        DELAYED
    }
}
