package dcluster.checker.regular;

import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Siblings;
import dcluster.checker.history.UnfitException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that each key is a regular register, in one pass over its events: a read may return a value if one of its
 * writes began before the read ended, and did not end before the latest beginning of a write that ended before the read
 * began. An indeterminate write ends never, so it overwrites nothing. Siblings are values that a read may return, each of
 * them, and whose writes all overlap.
 */
public final class RegularRegisters {
    private final Map<@Nullable Object, List<Operation>> writesOf = new HashMap<>();
    private final List<StaleRead> stale = new ArrayList<>();

    /** The last to begin of the writes that have ended. */
    private @Nullable Operation latest;

    private RegularRegisters() {}

    /**
     * The reads that are not regular, in the order of their ends, key by key.
     *
     * @throws UnfitException if the history has other operations than reads and writes
     */
    public static List<StaleRead> check(History history) {
        var stale = new ArrayList<StaleRead>();
        for (var operations : history.byKey().values()) {
            var register = new RegularRegisters();
            register.check(operations);
            stale.addAll(register.stale);
        }
        return stale;
    }

    /** A beginning or an end, and what was known to be overwritten when it began. */
    private record Moment(int position, Operation operation, boolean isEnd) {}

    private void check(List<Operation> operations) {
        var latestAtStart = new HashMap<Operation, Operation>();
        for (var moment : moments(operations)) {
            var operation = moment.operation;
            if (operation.function() == Function.WRITE) {
                write(operation, moment.isEnd);
            } else if (moment.isEnd) {
                read(operation, latestAtStart.remove(operation));
            } else if (latest != null) {
                latestAtStart.put(operation, latest);
            }
        }
    }

    private static List<Moment> moments(List<Operation> operations) {
        var moments = new ArrayList<Moment>();
        for (var operation : operations) {
            requireKnown(operation);
            boolean isWrite = operation.function() == Function.WRITE && operation.outcome() != Operation.Outcome.FAIL;
            if (isWrite || operation.isOk()) {
                moments.add(new Moment(operation.invoked(), operation, false));
            }
            if (operation.isOk()) {
                moments.add(new Moment(operation.ended(), operation, true));
            }
        }
        moments.sort(Comparator.comparingInt(Moment::position));
        return moments;
    }

    private static void requireKnown(Operation operation) {
        if (operation.function() != Function.READ && operation.function() != Function.WRITE) {
            throw new UnfitException(
                    operation.invoked(),
                    "a regular register has no " + operation.function().word());
        }
    }

    private void write(Operation write, boolean isEnd) {
        if (!isEnd) {
            writesOf.computeIfAbsent(write.input(), value -> new ArrayList<>()).add(write);
        } else if (latest == null || write.invoked() > latest.invoked()) {
            latest = write;
        }
    }

    private void read(Operation read, @Nullable Operation overwriting) {
        var values = read.output() instanceof Siblings siblings
                ? siblings.values()
                : Collections.<@Nullable Object>singleton(read.output());
        for (var value : values) {
            if (!isLegal(read, value, overwriting)) {
                return;
            }
        }
        if (values.size() > 1) {
            requireOverlap(read, values, overwriting);
        }
    }

    /** Whether a read may return that, maybe beside others; if not, it is kept as stale. */
    private boolean isLegal(Operation read, @Nullable Object value, @Nullable Operation overwriting) {
        var writes = writesOf.getOrDefault(value, List.of());
        if (overwriting == null) {
            if (writes.isEmpty() && value != null) {
                stale.add(new StaleRead(read, value, null, null));
            }
            return !writes.isEmpty() || value == null;
        }
        // From the last to begin: of two that have ended it is the likelier to be legal, and the better witness.
        Operation last = null;
        for (int i = writes.size() - 1; i >= 0; i--) {
            var write = writes.get(i);
            if (write.ended() > overwriting.invoked()) {
                return true;
            }
            last = last == null || write.ended() > last.ended() ? write : last;
        }
        boolean isFromNowhere = last == null && value != null;
        stale.add(new StaleRead(read, value, last, isFromNowhere ? null : overwriting));
        return false;
    }

    private void requireOverlap(
            Operation read, Collection<? extends @Nullable Object> values, @Nullable Operation overwriting) {
        var legal = values.stream()
                .map(value -> writesOf.getOrDefault(value, List.of()).stream()
                        .filter(write -> overwriting == null || write.ended() > overwriting.invoked())
                        .toList())
                .toList();
        Overlap.missing(legal)
                .ifPresent(apart ->
                        stale.add(new StaleRead(read, apart.earlier().input(), apart.earlier(), apart.later())));
    }
}
