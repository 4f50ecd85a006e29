package dcluster.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The timers of one algorithm, on the monotonic clock. Restarting one is cheap, as a follower does with each append:
 * the queue keeps the earlier moment and looks again when it comes.
 */
final class Timers<T> {
    private record Alarm<T>(long at, long order, T timer) {}

    private record Running(long deadline, long order) {}

    private final Map<T, Running> running = new HashMap<>();
    private final PriorityQueue<Alarm<T>> alarms =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at - b.at, 0) : Long.compare(a.order, b.order));
    private long started;

    void start(T timer, long deadline) {
        long order = started++;
        var before = running.put(timer, new Running(deadline, order));
        if (before == null || before.deadline - deadline > 0) {
            alarms.add(new Alarm<>(deadline, order, timer));
        }
    }

    void stop(T timer) {
        running.remove(timer);
    }

    /** Whether this timer ran out by now; if so it is no longer running. */
    boolean expire(T timer, long now) {
        var state = running.get(timer);
        if (state == null || state.deadline - now > 0) {
            return false;
        }
        running.remove(timer);
        return true;
    }

    /** The timers that ran out by now, by their deadlines; each is still to be {@linkplain #expire expired}. */
    List<T> due(long now) {
        var due = new ArrayList<T>();
        while (!alarms.isEmpty() && alarms.peek().at - now <= 0) {
            var alarm = alarms.remove();
            var state = running.get(alarm.timer);
            if (state == null) {
                continue;
            }
            if (state.deadline - now > 0) {
                alarms.add(new Alarm<>(state.deadline, state.order, alarm.timer));
            } else {
                due.add(alarm.timer);
            }
        }
        return due;
    }

    boolean isEmpty() {
        return alarms.isEmpty();
    }

    /**
     * A moment at which {@link #due} is worth asking; not after the first deadline. Only if not {@linkplain #isEmpty
     * empty}.
     */
    long nextAlarm() {
        return alarms.element().at;
    }
}
