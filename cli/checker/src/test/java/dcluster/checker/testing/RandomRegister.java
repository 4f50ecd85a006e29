package dcluster.checker.testing;

import dcluster.checker.history.Event;
import dcluster.checker.history.EventType;
import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Small histories of a few clients on one register of a weak store: a read returns some value, most often a recent one.
 * Most of them have outcomes that are unknown; in a third of them values come
 * again, and half of them know compare-and-set. The clock sometimes stands still or
 * goes back.
 */
public final class RandomRegister {
    private static final int NEXT_NUMBER = 1000;
    private static final long UNWRITTEN = 99;

    private final Random random;
    private boolean hasUnknown;
    private final boolean isUnique;
    private final boolean hasCas;
    private int staleness;
    private int mostWrites;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Event> notes = new ArrayList<>();
    private final List<@Nullable Object> written = new ArrayList<>();
    private final @Nullable Pending[] open = new @Nullable Pending[2];
    private final long[] numbers = {0, 1};
    private long time;
    private int position;
    private int writes;

    /** An open operation: its number, invocation and argument. */
    private record Pending(
            int number, Function function, @Nullable Object input, int invoked, long time, String node) {}

    private RandomRegister(long seed, int operations, int mostWrites) {
        random = new Random(seed);
        this.mostWrites = mostWrites;
        hasUnknown = random.nextInt(4) > 0;
        isUnique = random.nextInt(3) > 0;
        hasCas = random.nextBoolean();
        staleness = random.nextInt(4) == 0 ? random.nextInt(3) : operations;
        written.add(null);
    }

    /** A history of {@code operations} at most, with a heal in it at a random place. */
    public static History history(long seed, int operations, int mostWrites) {
        var register = new RandomRegister(seed, operations, mostWrites);
        register.run(operations - register.random.nextInt(operations / 2));
        return new History(register.operations, register.notes, false);
    }

    /** A history with a heal in it, after which two nodes are read, and seldom something is written. */
    public static History healed(long seed) {
        var register = new RandomRegister(seed, 4, 3);
        register.run(3);
        if (register.notes.isEmpty()) {
            register.note();
        }
        register.mostWrites = register.random.nextInt(4) == 0 ? register.writes + 1 : 0;
        register.staleness = register.random.nextInt(5) < 2 ? 0 : 3;
        register.hasUnknown = register.hasUnknown && register.random.nextInt(4) == 0;
        register.run(5);
        return new History(register.operations, register.notes, false);
    }

    private void run(int count) {
        int left = count;
        int heal = random.nextInt(count + 1);
        while (left > 0 || isBusy()) {
            if (left == heal && notes.isEmpty()) {
                note();
            }
            int client = random.nextInt(open.length);
            var pending = open[client];
            if (pending != null) {
                end(client, pending);
                open[client] = null;
            } else if (left > 0) {
                open[client] = invoke(client);
                left--;
            }
        }
    }

    private boolean isBusy() {
        for (var pending : open) {
            if (pending != null) {
                return true;
            }
        }
        return false;
    }

    private void tick() {
        position++;
        time += random.nextInt(12) - 2;
    }

    private void note() {
        tick();
        notes.add(new Event(position, "nemesis", EventType.INFO, null, "heal", null, null, true, time, null));
    }

    private Pending invoke(int client) {
        tick();
        int kind = random.nextInt(8);
        boolean mayWrite = writes < mostWrites;
        var function =
                mayWrite && kind < 3 ? Function.WRITE : mayWrite && kind < 4 && hasCas ? Function.CAS : Function.READ;
        Object input = null;
        if (function != Function.READ) {
            writes++;
            long value = isUnique ? writes : 1 + random.nextInt(2);
            input = function == Function.WRITE ? value : pair(read(), value);
            written.add(value);
        }
        var pending = new Pending(operations.size(), function, input, position, time, "n" + random.nextInt(2));
        operations.add(operation(client, pending, Outcome.INFO, null));
        return pending;
    }

    private static List<@Nullable Object> pair(@Nullable Object from, @Nullable Object to) {
        var pair = new ArrayList<@Nullable Object>();
        pair.add(from);
        pair.add(to);
        return pair;
    }

    private @Nullable Object read() {
        if (random.nextInt(40) == 0) {
            return UNWRITTEN;
        }
        int back = Math.min(written.size(), 1 + staleness);
        return written.get(written.size() - 1 - random.nextInt(back));
    }

    private void end(int client, Pending pending) {
        tick();
        boolean isUnknown = hasUnknown && random.nextInt(3) == 0;
        boolean isFailed = !isUnknown && random.nextInt(12) == 0;
        var outcome = isUnknown ? Outcome.INFO : isFailed ? Outcome.FAIL : Outcome.OK;
        var output = pending.function == Function.READ ? read() : pending.input;
        operations.set(pending.number, operation(client, pending, outcome, output));
        numbers[client] += isUnknown ? NEXT_NUMBER : 0;
    }

    private Operation operation(int client, Pending pending, Outcome outcome, @Nullable Object output) {
        return new Operation(
                numbers[client],
                pending.function,
                "x",
                pending.input,
                outcome == Outcome.OK ? output : null,
                outcome,
                true,
                pending.invoked,
                outcome == Outcome.INFO ? Operation.NEVER : position,
                pending.time,
                time,
                pending.node);
    }
}
