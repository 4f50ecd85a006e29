package dcluster.simulation;

import java.util.PriorityQueue;

/** What is going to happen, in the order of virtual time; of two events of one moment the one put down first is first. */
final class Agenda {
    private record Entry(long at, long order, Runnable event) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long now;
    private long order;

    /** Nanoseconds of virtual time since the run began. */
    long now() {
        return now;
    }

    /** Has an event happen at a moment; at once, behind what waits already, if that is past. */
    void at(long moment, Runnable event) {
        entries.add(new Entry(Math.max(now, moment), order++, event));
    }

    /** Has an event happen after so many nanoseconds. */
    void after(long delay, Runnable event) {
        at(now + delay, event);
    }

    /** When the next event is due; {@link Long#MAX_VALUE} if there is none. */
    long next() {
        var first = entries.peek();
        return first == null ? Long.MAX_VALUE : first.at;
    }

    /** Moves on to the next event, and has it happen. There must be one. */
    void run() {
        var first = entries.remove();
        now = first.at;
        first.event.run();
    }

    /** Time passes up to a moment before which nothing is due. */
    void pass(long moment) {
        now = Math.max(now, moment);
    }
}
