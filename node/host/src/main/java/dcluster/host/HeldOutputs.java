package dcluster.host;

import java.util.ArrayDeque;

/**
 * Output commit: outputs in the order in which they were given, each with the number of the last record journalled before it.
 * An output leaves when that record is durable, and never before one that was given earlier.
 */
final class HeldOutputs {
    private record Held(long record, Runnable output) {}

    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private int most;

    /** Lets the output go now if nothing before it waits and {@code record} is durable, else keeps it. */
    void give(long record, long durable, Runnable output) {
        if (record <= durable && held.isEmpty()) {
            output.run();
            return;
        }
        held.add(new Held(record, output));
        most = Math.max(most, held.size());
    }

    /** Lets go what waited for records up to {@code durable}. */
    void release(long durable) {
        while (!held.isEmpty() && held.getFirst().record <= durable) {
            held.removeFirst().output.run();
        }
    }

    int size() {
        return held.size();
    }

    /** The most that were ever held at once. */
    int most() {
        return most;
    }
}
