package dcluster.simulation;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.util.function.Supplier;

/**
 * Hears all that happens in a run, in its order. Two runs of one seed tell the same, in any process and on any Java.
 * Moments are nanoseconds of virtual time since the run began.
 */
public interface Trace {
    /** What became of a message between two nodes. */
    enum Fate {
        SENT,
        DELIVERED,
        /** It travels twice. */
        REPEATED,
        /** Later ones may overtake it. */
        DELAYED,
        /** A bad link loses it. */
        LOST,
        /** A partition swallows it. */
        CUT,
        /** Where it arrives nobody is up. */
        UNHEARD
    }

    /** What happened to a node, other than a message. */
    enum Event {
        STARTED,
        CRASHED,
        PAUSED,
        RESUMED,
        NOTED,
        DISK,
        CLOCK
    }

    /** One direction between two nodes; the number is its own, from 0. */
    record Link(int number, NodeId from, NodeId to) {
        @Override
        public String toString() {
            return from + "->" + to;
        }
    }

    /**
     * A message on a link.
     *
     * @param number of all messages sent on the link, from 1
     * @param encoded as it travels
     * @param content what that means
     */
    record Message(Link link, long number, Bytes encoded, Object content) {}

    /** Hears nothing. */
    Trace NONE = new Trace() {};

    default void message(long at, Fate fate, Message message) {}

    /** {@code details} are names and values by turns; values are numbers, texts, truth values or node ids. */
    default void node(long at, NodeId node, Event event, String what, Object... details) {}

    /**
     * A node has had a turn, and could now say what it is. A node that is asked does more work, and nothing else than
     * before: whether anybody asks changes no run.
     */
    default void turned(long at, NodeId node, Supplier<Status> status) {}

    /** Something that concerns no one node: a fault that begins or ends, a client's command and its outcome. */
    default void told(long at, String what, Object... details) {}

    /** Both hear everything. */
    default Trace and(Trace other) {
        var first = this;
        return new Trace() {
            @Override
            public void message(long at, Fate fate, Message message) {
                first.message(at, fate, message);
                other.message(at, fate, message);
            }

            @Override
            public void node(long at, NodeId node, Event event, String what, Object... details) {
                first.node(at, node, event, what, details);
                other.node(at, node, event, what, details);
            }

            @Override
            public void turned(long at, NodeId node, Supplier<Status> status) {
                first.turned(at, node, status);
                other.turned(at, node, status);
            }

            @Override
            public void told(long at, String what, Object... details) {
                first.told(at, what, details);
                other.told(at, what, details);
            }
        };
    }
}
