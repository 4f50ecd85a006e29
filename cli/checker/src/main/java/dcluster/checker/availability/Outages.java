package dcluster.checker.availability;

import dcluster.checker.history.Clock;
import dcluster.checker.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the outages of one side, in order of time. */
final class Outages {
    private record Moment(int position, Operation operation, boolean isEnd) {}

    private final Clock clock;
    private final Consumer<Outage> sink;

    /** What the outage that lasts now began with; null if there is none. */
    private @Nullable Moment begin;

    private int open;

    /** When the last of the operations with an unknown outcome was given up; their ends have no line. */
    private long lastGivenUp = Long.MIN_VALUE;

    private Outages(Clock clock, Consumer<Outage> sink) {
        this.clock = clock;
        this.sink = sink;
    }

    /** Tells the sink of all outages among operations that are in order of their invocations. */
    static void find(List<Operation> operations, Clock clock, Consumer<Outage> sink) {
        var outages = new Outages(clock, sink);
        moments(operations).forEach(outages::take);
        outages.end(Operation.NEVER, null);
    }

    private static List<Moment> moments(List<Operation> operations) {
        var moments = new ArrayList<Moment>();
        for (var operation : operations) {
            moments.add(new Moment(operation.invoked(), operation, false));
            if (operation.ended() != Operation.NEVER) {
                moments.add(new Moment(operation.ended(), operation, true));
            }
        }
        moments.sort(Comparator.comparingInt(Moment::position));
        return moments;
    }

    private void take(Moment moment) {
        if (!moment.isEnd) {
            invoked(moment);
            return;
        }
        open--;
        if (moment.operation.isOk()) {
            end(moment.position, moment.operation);
            boolean isAwaited = open > 0 || lastGivenUp > clock.at(moment.position);
            begin = isAwaited ? moment : null;
        }
    }

    private void invoked(Moment moment) {
        if (moment.operation.isIndeterminate()) {
            lastGivenUp = Math.max(lastGivenUp, moment.operation.endTime());
        } else {
            open++;
        }
        begin = begin == null ? moment : begin;
    }

    private void end(int position, @Nullable Operation answered) {
        if (begin != null) {
            sink.accept(new Outage(
                    begin.position, position, clock.at(begin.position), clock.at(position), begin.operation, answered));
        }
    }
}
