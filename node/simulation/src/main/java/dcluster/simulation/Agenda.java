package dcluster.simulation;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, in the order of virtual time; of two events of one moment the one put down first is first. A
 * binary heap in arrays, since half a million events a second pass through it.
 */
final class Agenda {
    private long[] moments = new long[64];
    private long[] orders = new long[64];
    private @Nullable Runnable[] events = new Runnable[64];
    private int size;
    private long now;
    private long order;

    /** Nanoseconds of virtual time since the run began. */
    long now() {
        return now;
    }

    /** Has an event happen at a moment; at once, behind what waits already, if that is past. */
    void at(long moment, Runnable event) {
        if (size == moments.length) {
            moments = Arrays.copyOf(moments, 2 * size);
            orders = Arrays.copyOf(orders, 2 * size);
            events = Arrays.copyOf(events, 2 * size);
        }
        rise(size++, Math.max(now, moment), order++, event);
    }

    /** Has an event happen after so many nanoseconds. */
    void after(long delay, Runnable event) {
        at(now + delay, event);
    }

    /** When the next event is due; {@link Long#MAX_VALUE} if there is none. */
    long next() {
        return size == 0 ? Long.MAX_VALUE : moments[0];
    }

    /** Moves on to the next event, and has it happen. There must be one. */
    void run() {
        var first = Objects.requireNonNull(events[0], "nothing is to happen");
        now = moments[0];
        int last = --size;
        var moved = events[last];
        events[last] = null;
        if (last > 0 && moved != null) {
            sink(moments[last], orders[last], moved);
        }
        first.run();
    }

    /** Puts an event at a place or above it, where those above are due before it. */
    private void rise(int from, long moment, long number, Runnable event) {
        int place = from;
        while (place > 0 && isBefore(moment, number, (place - 1) / 2)) {
            move((place - 1) / 2, place);
            place = (place - 1) / 2;
        }
        put(place, moment, number, event);
    }

    /** Puts an event at the top or below it, where those below are due after it. */
    private void sink(long moment, long number, Runnable event) {
        int place = 0;
        for (int below = earlierBelow(place); below < size; below = earlierBelow(place)) {
            if (isBefore(moment, number, below)) {
                break;
            }
            move(below, place);
            place = below;
        }
        put(place, moment, number, event);
    }

    private int earlierBelow(int place) {
        int left = 2 * place + 1;
        int right = left + 1;
        return right < size && isBefore(moments[right], orders[right], left) ? right : left;
    }

    private boolean isBefore(long moment, long number, int place) {
        return moment != moments[place] ? moment < moments[place] : number < orders[place];
    }

    private void move(int from, int to) {
        moments[to] = moments[from];
        orders[to] = orders[from];
        events[to] = events[from];
    }

    private void put(int place, long moment, long number, Runnable event) {
        moments[place] = moment;
        orders[place] = number;
        events[place] = event;
    }

    /** Time passes up to a moment before which nothing is due. */
    void pass(long moment) {
        now = Math.max(now, moment);
    }
}
