package dcluster.host;

import java.util.ArrayDeque;

/**
 * Output commit: outputs in the order in which they were given, each with the number of the last record journalled
 * before it. An output leaves when that record is durable, and never before one that was given earlier.
 */
final class HeldOutputs {
    private final ArrayDeque<Runnable> outputs = new ArrayDeque<>();
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    /** From the previous mark's output on, {@code count} outputs wait for this record. */
    private static final class Mark {
        final long record;
        int count = 1;

        Mark(long record) {
            this.record = record;
        }
    }

    /** Lets the output go now if nothing before it waits and {@code record} is durable, else keeps it. */
    void give(long record, long durable, Runnable output) {
        if (record <= durable && outputs.isEmpty()) {
            output.run();
            return;
        }
        outputs.add(output);
        var last = marks.peekLast();
        if (last != null && last.record == record) {
            last.count++;
        } else {
            marks.add(new Mark(record));
        }
    }

    /** Lets go what waited for records up to {@code durable}. */
    void release(long durable) {
        while (!marks.isEmpty() && marks.getFirst().record <= durable) {
            for (int rest = marks.removeFirst().count; rest > 0; rest--) {
                outputs.remove().run();
            }
        }
    }

    int size() {
        return outputs.size();
    }
}
