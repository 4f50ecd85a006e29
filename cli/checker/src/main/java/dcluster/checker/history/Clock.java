package dcluster.checker.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The time at each position of a history, in nanoseconds. Recorded times may go backwards, positions never do: here the
 * time of a position is the latest that was recorded up to it, so that it never decreases.
 */
public final class Clock {
    private record Mark(int position, long time) {}

    private final int[] positions;
    private final long[] times;
    private final long last;

    /** The clock of a history, built in the time that sorting its events takes. */
    public Clock(History history) {
        var marks = marks(history);
        positions = marks.stream().mapToInt(Mark::position).toArray();
        times = marks.stream().mapToLong(Mark::time).toArray();
        Arrays.parallelPrefix(times, Math::max);
        last = latest(history);
    }

    private static List<Mark> marks(History history) {
        var marks = new ArrayList<Mark>();
        for (var operation : history.operations()) {
            marks.add(new Mark(operation.invoked(), operation.invokeTime()));
            if (operation.ended() != Operation.NEVER) {
                marks.add(new Mark(operation.ended(), operation.endTime()));
            }
        }
        for (var note : history.notes()) {
            marks.add(new Mark(note.line(), note.time()));
        }
        marks.sort(Comparator.comparingInt(Mark::position));
        return marks;
    }

    /** The latest time of all, also of the ends of indeterminate operations, whose positions are not kept. */
    private static long latest(History history) {
        long latest = Long.MIN_VALUE;
        for (var operation : history.operations()) {
            latest = Math.max(latest, Math.max(operation.invokeTime(), operation.endTime()));
        }
        for (var note : history.notes()) {
            latest = Math.max(latest, note.time());
        }
        return latest;
    }

    /** The time at a position; before all, the first that there is; {@link Operation#NEVER} is the end of all. */
    public long at(int position) {
        if (times.length == 0) {
            return 0;
        }
        if (position == Operation.NEVER) {
            return last;
        }
        int place = Arrays.binarySearch(positions, position);
        return times[place >= 0 ? place : Math.max(0, -place - 2)];
    }
}
