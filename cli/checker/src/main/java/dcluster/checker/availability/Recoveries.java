package dcluster.checker.availability;

import dcluster.checker.history.Clock;
import dcluster.checker.history.Event;
import dcluster.checker.history.Operation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which outage was the longest after each note of the nemesis. */
final class Recoveries {
    private final Clock clock;
    private final List<Event> notes;
    private final @Nullable Outage[] longest;
    private final long[] nanos;

    /** The notes before this one are followed by another before the outages that are still to come. */
    private int first;

    Recoveries(Clock clock, List<Event> notes) {
        this.clock = clock;
        this.notes = notes;
        longest = new @Nullable Outage[notes.size()];
        nanos = new long[notes.size()];
        Arrays.fill(nanos, -1);
    }

    /** Takes the outages in order of time. */
    void take(Outage outage) {
        while (first < notes.size() && end(first) <= outage.fromLine()) {
            first++;
        }
        for (int i = first; i < notes.size() && notes.get(i).line() < outage.toLine(); i++) {
            long after =
                    outage.to() - Math.max(outage.from(), clock.at(notes.get(i).line()));
            if (after > nanos[i]) {
                nanos[i] = after;
                longest[i] = outage;
            }
        }
    }

    /** The line of the next note. */
    private int end(int i) {
        return i + 1 < notes.size() ? notes.get(i + 1).line() : Operation.NEVER;
    }

    /** One for each note; {@code lastAnswered} is the last line in which something was invoked that was answered. */
    List<Recovery> told(int lastAnswered) {
        return IntStream.range(0, notes.size())
                .mapToObj(i -> new Recovery(
                        notes.get(i),
                        longest[i],
                        Duration.ofNanos(Math.max(0, nanos[i])),
                        lastAnswered > notes.get(i).line()))
                .toList();
    }
}
